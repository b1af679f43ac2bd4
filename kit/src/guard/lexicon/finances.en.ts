import type { Lexicon } from './lexicon.ts';

/** Personal finances, in English. */
export const financesEn: Lexicon = {
  language: 'en',
  cues: {
    'money.hardship': `
      we have|got no money, money is tight|short, tight budget, cannot .. pay, can not .. pay,
      cant .. pay, too expensive for us, borrow money, out of work, out of a job, made redundant,
      redundant, food stamps, charity clothes, single income, sole earner .. job, struggling financially,
      in arrears, arrears, bank account is empty, income support, disability allowance,
      free of charge because, behind with, cannot afford, can not afford, cant afford, couldnt afford,
      not able to afford, unable to pay, cannot pay|afford, struggling to pay|make, struggle to pay,
      lost my|his|her job, lost our jobs, unemployed, unemployment, laid off,
      social benefits|security|assistance|welfare, on benefits, on welfare, live on benefits,
      disability benefits|pension, debt|debts, in debt, bailiff|bailiffs,
      debt collector|collectors|collection, bankrupt, bankruptcy, low income, our|my income, my salary,
      financial|financially situation|problems|difficulties|hardship|trouble|difficult,
      money problems|troubles, no money, short of money, not enough money,
      behind on|with .. rent|payments, evicted, eviction, food bank, poor family, poverty, make ends meet,
      ends meet, cannot pay, can not pay, no income, without income, without a job, jobless,
      lost our job|income|home, hard up, broke this, financially, help with the cost|costs|payment,
      too poor, food help, credit card debt, income of, earn|earns .. a year|month, card was declined,
      social office, cant pay, not have .. money, dont have .. money
    `,
    'money.late': `
      pay later, late payment, payment plan, instalments, postpone the payment
    `,
  },
};
