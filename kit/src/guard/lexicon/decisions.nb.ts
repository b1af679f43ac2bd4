import type { Lexicon } from './lexicon.ts';

/** Individual decisions and plans, in bokmål. */
export const decisionsNb: Lexicon = {
  language: 'nb',
  cues: {
    'decision.word': `
      elevmappe/n, elevmappa, statsforvalter/n, statsforvalteren, fylkesmannen, avslag på|om, avslaget,
      vedtaket hans|hennes|sitt|vårt, i vedtaket, etter vedtaket, vedtakstimer, assistenttimer,
      ekstra ressurs*, ressurstimer, tildelte timer, innvilget .. timer, spes ped, spesped, spesialped,
      sakkyndighetsvurdering, pp rådgiver*, logopedtimer, logoped, særskilt tilrettelegging,
      intensiv opplæring, klagesak/n, klagen på|om,
      klage på .. vedtak|vedtaket|avslag|karakter|standpunkt, standpunktklage*,
      permisjonssøknaden avslått, partsinnsyn, gjentatt klage, skolemiljøsak*, logopedisk,
      tegnspråkopplæring, mestringsgruppe vedtak, handlingsplanen hans|hennes, tilretteleggingsplan*,
      enkeltvedtak*, enkeltvedtak/n, spesialundervisning/n, spesialpedagogisk/a, spesialpedagog/n,
      spesialundervis*,
      individuell|individuelle|individuelt opplæringsplan|opplæringsplanen|plan|planen|planer|læreplan|tilrettelegging|tilrettelagt|tilrettelagte,
      opplæringsplan/n, iop, iopen, tilrettelagt opplæring, individuelt tilrettelagt, ppt,
      pp tjenesten|tjeneste, pedagogisk psykologisk, sakkyndig/a, sakkyndigvurdering, ansvarsgruppe/n,
      aktivitetsplan etter, paragraf|oppl|opplæringslova|opplæringsloven 12 4, etter|jf 12 4, 9a sak,
      9 a sak, tilretteleggingsvedtak, støttetiltak, lese og skrivevansker|skrivevanske, dysleksi/n,
      dyskalkuli, dyslektiker, evnenivå/n, evnetest, støttepedagog/n, tospråklig fagopplæring,
      særskilt språkopplæring, fritak fra vurdering, utsatt skolestart, fremskutt skolestart,
      innsyn i .. elevmappa|saken|mappa|journalen, kapittel 9a, aktivitetsplanen etter|hans|hennes|ikke,
      aktivitetsplan for {person}, aktivitetsplanen for {person}, individuelle tilpasninger,
      individuell tilpasning, individuelt opplegg, egen timeplan etter, tilretteleggingen hans|hennes,
      får ikke .. timene|assistenten, retten til spesialundervisning
    `,
    'decision.formal': `
      vedtak/n, vedtaket, vedtaket sitt, vedtaket hans|hennes|vårt
    `,
    appeal: `
      klage, klagen, klager, klaget, klage på, anke, rett på, krav på, hans, hennes, sitt, vårt, mitt,
      datteren, sønnen, svar på, avslag, avslaget, skolebytte, uenige, gjelder bare, etterpå
    `,
  },
};
