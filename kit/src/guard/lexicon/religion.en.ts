import type { Lexicon } from './lexicon.ts';

/** Religion and belief, in English. */
export const religionEn: Lexicon = {
  language: 'en',
  cues: {
    'faith.belonging': `
      muslim, muslims, christian, christians, catholic, catholics, jewish, jews, hindu, hindus, buddhist,
      buddhists, sikh, sikhs, atheist, atheists, jehovahs witness|witnesses, jehovahs, mormon, mormons,
      protestant, orthodox, adventist, adventists, pentecostal, baptist
    `,
    'faith.sign': `
      because of .. religion|faith|beliefs, halal, kosher, not christian|christians|religious,
      against our|his|her religion|faith|beliefs, baptised, baptized, friday prayer|prayers,
      in our religion|faith|culture, humanist association, church member, prayer, pray before|during|at,
      ramadan, fasting, fasts, hijab, headscarf, our faith|religion|beliefs|church|mosque,
      his|her|their faith|religion|beliefs, religious reasons|grounds|beliefs|family, converted to,
      believe in god, we pray, to pray, prays, prayer room, member of .. church|congregation|mosque,
      islamic faith, christian faith|family, jewish family, mosque every, church every,
      belong|belongs to .. church|congregation|mosque, sect, islamic
    `,
    'faith.feast': `
      eid, diwali, hanukkah, yom kippur, sabbath, shabbat, passover, vaisakhi
    `,
    'faith.lore': `
      islam, christianity, judaism, hinduism, buddhism, quran, koran
    `,
  },
};
