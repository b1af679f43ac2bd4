import type { Lexicon } from './lexicon.ts';

/** Illness: serious, cared for, and passing, in English. */
export const healthEn: Lexicon = {
  language: 'en',
  cues: {
    'illness.serious': `
      rare|genetic|inherited|congenital|autoimmune disease|condition|illness|disorder, heart attack, copd,
      paralysed, paralyzed, amputated, coma, life support, palliative, hospice, terminal, dying,
      months to live, on medication for, medication for, pills for, medicated for, autoimmune,
      immune deficiency, brain damage|injury, mute, selective mutism, deaf, wheelchair user, sick leave,
      tourette, dyspraxia, mental health, sees a psychologist|psychiatrist|therapist, therapist,
      in hospital with, in the hospital with, hospital for months|weeks|treatment, operated on, relapse,
      drinking problem, drug problem, sober, gender dysphoria, transgender, stammer, cancer, leukaemia,
      leukemia, tumour, tumor, chemotherapy, chemo, radiotherapy, adhd, ritalin, epilepsy, epileptic,
      seizure|seizures, diabetes, diabetic, insulin, blood sugar, autism, autistic, asperger, aspergers,
      tourettes, asthma, asthmatic, inhaler, coeliac, celiac, crohns, cystic fibrosis, anorexia, anorexic,
      bulimia, eating disorder, heart condition|defect|disease|surgery, arthritis, psoriasis,
      multiple sclerosis, cerebral palsy, muscular dystrophy, spina bifida, dialysis, transplant,
      haemophilia, hiv, aids, hepatitis, tuberculosis, miscarriage, abortion, pregnant, pregnancy,
      down syndrome, downs syndrome, chronic, chronically, seriously|terminally|critically|gravely ill,
      serious|severe illness|condition|disease, terminal illness, intensive care, hospitalised,
      hospitalized, admitted to, needs surgery|an operation, hearing aid|aids, hearing loss, wheelchair,
      disability, disabled, psychiatric, psychiatrist, psychosis, psychotic, bipolar, schizophrenia,
      mental illness|disorder|breakdown, mentally ill, antidepressants, ptsd, ocd, diagnosed, diagnosis,
      assessed for, being assessed, referred to .. specialist|psychiatrist, in treatment for, alcoholic,
      alcoholism, addiction, addicted, rehab, overdose, syndrome, chronic fatigue, had a stroke, is blind,
      going blind, genetic, life expectancy, diagnosed with, suffers from, suffering from, convulsions,
      faints, fainting, neurologist, mentally unwell|unstable, substance abuse,
      struggles with alcohol|drugs|addiction, cancer has, therapy, cleft palate, growth disorder,
      hyperactive, psychologist every, low blood sugar, painkillers every, strong painkillers,
      medical condition, health condition, disorder, concussion serious
    `,
    'illness.care': `
      medication, medicine, medicines, tablets, allergy, allergies, allergic, lactose intolerant,
      lactose intolerance, gluten intolerant, eczema, migraine, migraines, psychologist, epipen
    `,
    'illness.transient': `
      fever, temperature of, a cold, stomach bug, stomach flu, threw up, thrown up, vomiting, vomited,
      cough|coughs|coughing, sore throat, ear infection, eye infection, flu, influenza, chickenpox, covid,
      sick, ill today, unwell, headache, stomach ache,
      hurt his|her foot|arm|hand|leg|knee|finger|head|ankle|wrist, sprained,
      broke|broken his|her arm|leg|foot|wrist|finger|ankle, antibiotics
    `,
  },
};
