/** What refusals about reduced payment say. Nothing of what a household earns. */
export const reducedPaymentTexts = {
  E_HAS_REDUCTION: {
    nb: 'Det er alt søkt om redusert betaling. Søknaden er ikke avgjort.',
    nn: 'Det er alt søkt om redusert betaling. Søknaden er ikkje avgjord.',
    en: 'Reduced payment has been applied for already and is not decided.',
  },
  E_NO_INCOME: {
    nb: 'Inntekten må være oppgitt.',
    nn: 'Inntekta må vere oppgitt.',
    en: 'The income has to be given.',
  },
} as const;
