/**
 * First names that are common in Norway, written down for this project from general knowledge. It is the same list for
 * every school and every class: nobody can learn from it who goes where (MSG-08).
 */
const norwegian = `
aase adele adelheid adrian agnes agnete aksel albert aleksander alexander alexandra alfred alma alva alvilde
amalie amanda amber amelia amund anders andrea andreas anette anine anita anja ann anna annabelle annbjørg
anne annelise annette annika anniken anton ariel arild arne arnfinn arnstein arnt aron arvid asbjørn asgeir
aslak aslaug astri astrid atle audun augusta aurora axel bastian bea beate bendik benedicte benedikte
benjamin bente berit bernt berntine bertil birger birgit birgitta birgitte bjarne bjørg bjørnar bjørnhild
bob bodil borghild brage brede brit britt brynjar børge børre camilla carina carl caroline casper cathrine
cecilia cecilie celine charlie charlotte chris christel christer christian christina christine christoffer
christopher cicilie clara coco conrad cornelia cornelius dan daniel daniela daniella david didrik dina
ditlev dordi dorte dorthe ebba edel edith edvard edvin egil eileen eilert eilif eilin einar eira eirik eirin
eivind eldar eldbjørg elena elias elida elin elina eline elisabeth elise eliza ella ellen ellie elling
ellinor elmer elsa elvin elvira embla emil emilia emilie emily emma emrik erik erika erland erlend erling
ernst eskil espen ester esther eva evelyn fabian felicia felix ferdinand filip filippa fred freddy fredrik
fredrikke freya frida frode frøydis gabriel gabriella gaute geir geirmund georg gerd gerda gine gisle
gjermund gjert gjertrud glenn gloria gorm greta grete gretha gudbrand gudmund gudrun gudveig gunhild gunn
gunnar gunnhild gunnlaug gunvor guro gustav guttorm gøran haakon hagbart hallgeir hallvard halvard halvdan
halvor hanna hannah hanne hannes harald harriet hedda hedvig hege heidi heine helena helene helge hella
helmer henning henny henriette henrik henry herbjørn herborg herdis herman hermann hermine hermod hilda
hilde hildegunn hjalmar hjørdis holger hugo hulda håkon håvar håvard iben ida idar idunn ine inge ingebjørg
ingeborg ingebrigt ingelin inger ingerid ingjerd ingolf ingrid ingunn ingvar ingvild ingvill isabel isabell
isabella isabelle isac isak iselin isla ivan ivar iver ivy jack jacob jakob jane janne jannicke jannike
jarle jasper jeanett jeanette jenny jens jeppe jesper jim joachim joakim joar joe johan johanna johanne
johannes john johnny jon jonas jonathan jone jonna jorid jorun jorunn josefine josephine jostein jowan
judith julia julian juliane julianne julie julius jøran jørgen jørn kaia kaisa kaja kajsa kamilla karen kari
karianne karin karina karine karl karla karoline karsten kaspar kasper katarina kate kathinka kathrine
katinka katja katrine kenneth kent kersti ketil kian kim kine kirsten kirsti kit kjartan kjell kjellaug
kjersti kjetil klara klaus knut konrad konstanse kornelia kornelius kris kristian kristiane kristin kristina
kristine kristofer kristoffer kyrre kåre laila lars lasse laura laurits lauritz lavrans lea leah leander
leif leiv lena leo leon leona leonard leonora lewis liam lillian lilly lin lina linda linea linn linnea
linus lisa lisbeth lise liva livia logan lone lotta lotte louisa louise lovise luca lucas lucia lucy ludvig
lukas luke lulu luna lyder lydia madeleine madelen madelene mads magda magdalena magne magnhild magnus maia
maja majd malene malik malin malvin marcus margaret margareth margaretha margit margrete margrethe mari
maria mariann marianne marie mariell marielle marikken marion marit marita marius markus marlene marta marte
martha marthe marthine martin martine mason mateo mathea matheo mathias mathilde matias matilde mats matteus
mattis maud maximilian maya megan mette mia mie mikael mikal mikkel mila milla milo minh minna mira miriam
mona monica monika morten muriel natalie natasha nathalie nathan nathaniel neas nellie nelly nicholas
nicolai nicolas nicoline niklas nikolai nikoline nils nina noa noah noel noelle nora norah norunn oda
oddbjørg oddgeir oddmund oddny oddrun oddvar odin ola olaf olai olaug olav olea oleander olga oline oliver
olivia oscar oskar osvald otilie otto ove patrick patrik paul paula paulina pauline peder pernille peter
petra petter philip phillip pia preben ragna ragnar ragnhild ragnvald rakel randi rannveig ranveig rasmus
rebecca rebekka regine reidar reidun reidunn remi renate rigmor rikard rikke rita roald roar robert robin
roger rolf ronja ronny roy ruben runar runhild ruth rønnaug saad sam samson samuel sander sandra sara sarah
saskia sebastian selina selma selmer sever severin sigbjørn sigmund signe signy sigrid sigrun sigurd sigvald
sigve silja silje simen simon simone sina sindre siri sissel siver sivert siw snorre sofia sofie solfrid
solgunn solrun solvei solveig solvår sondre sonja sophia sophie staale stefan steffen stella stephanie stian
stina stine sture styrbjørn ståle sunniva susann susanna susanne svein sveinung sven svend sverre sylvi
sylvia synne synnøve sølve sølvi søren tallak tarald tarjei tellef teo teodor teresa terese terje tess thea
thelma theo theodor theodora theresa therese thomas thor thora thorbjørn thorleif thorstein thorvald tia
tilda tilde tim tina tindra tinius tiril tobias tollef tomas tomine toni tonje tora torbjørg torbjørn tord
torfinn torgeir torgrim torgunn torhild toril torild torill torjus torkel torkjell torleif tormod torolf
torstein torunn torvald tove tracy trine trond trude trudi trygve turid tuva tuve tyra ulf ulrik ulrikke una
unn unni urd ursula valdemar valentina vanessa vanja vebjørn vegar vegard veronica veronika vibeke victor
victoria vidar vigdis viggo viktor viktoria vilde vilhelm villads vilma vilmer vincent viola virginia vivian
wenche werner wilhelm wilhelmine wilja willem william willy wilma xander ylva yngvar yngve yngvild yvonne
ådne åge ågot ånund åsa åse åshild åslaug åsmund åsne åste ævar øistein øivind ørjan østen øystein øyunn
øyvind
`;

/** Of families from elsewhere: Polish, Lithuanian, Ukrainian, Arabic, Kurdish, Turkish, Somali, Eritrean, Persian, Urdu, Tamil, Vietnamese, Thai, Spanish, English and more. */
const fromElsewhere = `
aaliyah aaron abbas abdi abdifatah abdirahman abdirizak abdul abdulahi abdullah abdullahi abdulrahman abel
abir abraham abshir adam adan adil adnan afnan ahmad ahmed ahmet aicha aida aiden aileen aisha aishah
alejandro aleksandr aleksandra alessandro alessia alfie ali alicia alicja alina alisha aliya almaz amaal
amal amina aminah amineh amir amira amna amran amy ana anab anahita anastasia anastasiia andreea andrei
andrej andrii andrzej angela angelica angelina aniela anisa anissa anthony antoni antonio anwar arian ariana
arijit arina arman arta artem arthur artur arya aryan ashraf ashwin asim asiya asma asmaa asra ata ayaan
ayan ayanle ayesha ayla ayman ayub aziz aziza barbara bartosz barış bashir basma beata bella berat bilal
bilan biniam bogdan bożena brandon brian bruno burak chloe ciara claire claudia colin connor cristian
cristina czesław dahir dalia damian danait danuta daria darius dariusz daud dawid dawit deborah deniz deqa
derya diana diego dilan dmitri dmytro dominik dominika donia dorota dylan ebru edita edward edwin ehsan
ekaterina elham eliana elif elijah elizabeth elma elsie elvis emine emir emre enes enrique erica esra ethan
eunice ewa eyob eyüp ezgi fadi fadumo fahad faisa faisal faiza farah farhan farhiya farid farida farzana
fatima fatimah fatma fatme fatou fatuma fawad fernanda fernando feven filmon filsan firat francesca
francisco franciszek freweini gabriela genet george ghazal gintaras giorgio giovanni giulia grzegorz gulnar
gulsen gurpreet habib habiba habtom hafsa haider hakan halima hamid hamida hamsa hamse hamza hana hani
harpreet harry harun hasan hashim hassan hava hawa hawi helen hersi hiba hibaq hieu hina hiwot hodan huda
hussain hussein huy hyewon ian ibrahim idil idris ifrah ikram ilham ilhan ilir ilyas iman imran ines inès
iqra irena ireneusz irina isaac isha ishaan ismael ismail israa ivana ivona iwona izabela jackson jad jaime
jakub jamal james jamie jamila jana janina jarek jarosław jasmina jasmine javier jawad jayden jelena
jennifer jeremy jerzy jessica jihad joanna joao joel jolanta jomana jorge jose josef joseph joshua josé juan
justin justyna józef kacper kadir kaltun kamal kamil kamila karim karima karol karolina kasia katarzyna
kateryna kavya kawsar kazimierz kelly kelvin kevin khadija khadra khaled khalid khalil khanh kiana kinga
krishna krystyna krzysztof ksenia kyle kübra laith latifa layla leila lejla lela leokadia leyan leyla liban
lidia linh lionel luan lucja luis luiza lukasz lwam maciej mahad mahamed mahdi maher mahmood mahmoud maida
majid malak malgorzata malika manal manar manuel marcel marcela marcin marek mariam mariana mariia mario
mariusz maryam maryan mateusz matilda matthew małgorzata mehdi mehmet mehran melisa melissa merhawi meron
mert meryem mesut michael michal michał michelle miguel mihai mihret milena milica milos miroslav mohamad
mohamed mohammad mohammed mohamud mohsen moses mostafa mounir muhamed muhammad muhammed muna munir murad
murat mustaf mustafa mykola myriam nabil nada nadia nadifa naeem naima najib najma namra nardos narges nasir
nasra nasrin nasteho natalia nataliia natan natnael navid nawal nazanin neda negin nhung nicola nicole nida
nikita niko nimco nimo noor noora nour noura nuha nur nura nuria oleg oleh oleksandr oleksandra oleksii
olena olha oliwia omar omid osama osman ottilie pablo paolo parisa parsa parveen patricia patrycja pawel
paweł pawlos pedro petar phuc phuong piotr pooja pranav priya przemysław quang quyen quynh rabia radosław
rafael rafal rafał rahel rahim rahma rahwa raja rajan ramin ramla ramona ramzi rania raquel rashid raul
rawan rayan rayyan razan reem renata reza rezan ricardo richard riham rima robel roberto rodrigo roksana
romaissa romana ronaldo ronan rosanna roya roza ryan ryszard rüya sabah sabrina sadia sadiq safa safia sagal
sahar sahra saida saif saima salah saleh salem salih salim salma salman samantha samia samir samira samiya
sana sanaa sandeep santiago sasha sayid saynab scott selam selamawit selim semira serena sergei sergio
serhii seyed shafi shahad shahid shaima shamsa shamso sharmarke shayan shirin sidra simran sinan sofiia
sohail solomon soraya stanislaw stanisław stephen steven suhayb sukaina sulayman suleiman sumaya sumeja
susan svetlana svitlana sylwia szymon sławomir tadeusz tahir tamara tania tanja tarek tariq tasnim tatiana
tekle tesfay tetiana thanh thao thuy tiffany timur tomasz tomek trang trinh tsegay tuan tyler ubah umair
umar usman uzma valeria valerie vasyl venkat vikram viktoriia viktoriya vincenzo vitalii vladimir volodymyr
vuk waleed walid wanda waris warsame wassim wiktor wiktoria witold wojciech xavier ximena yael yahya yahye
yana yara yaroslav yasemin yaser yasin yasir yasmin yasmina yasmine yassin yassine yevhen yohana yohannes
yonas yosef yosra yousef youssef yulia yuliia yuna yunus yusra yusuf zahra zaid zain zaina zainab zakaria
zakariya zaki zamzam zara zarah zeinab zena zenab zeynep zhanna zoe zofia zoya zubair zuzanna zygmunt łukasz
żaneta
`;

/**
 * Names that are words too, in Norwegian or English: they count only with a capital, and not where any word has one.
 */
const wordsToo = `
alf andre ane angel are aria art arve ask aud baran ben bill birk bjørn bo bror bård dag daisy dawn dean duc
dung edit eik eli else ember endre even fay fia finn frank frøya gard georgia grace grant grim gro gry guy
hai hans hauk helga helle hoa hope hung inga iris jan jarl jasmin jo joy kai kay ken kristen lene lerke
lilje lill lily line liv live loc love luka lykke løve mark max mika milan miles min mina mine musa my nam
nor norm nova odd ole pat peer penny per poppy pål ravn ray raz rex rich rob roman rosa rose ruby rune saga
said sami sandy sanna sanne siren siv sky sol stein sten stig storm sue sunn sunny tage tale thu tine tiny
tom tone tony tor tore tyr ulv une vera vetle vilja wang will willow yr
`;

const inList = (names: string): readonly string[] => names.split(/\s+/).filter((name) => name !== '');

/** Names that are nothing else. */
export const names: readonly string[] = [...inList(norwegian), ...inList(fromElsewhere)];
/** Names that only a capital tells from a word. */
export const namesThatAreWords: readonly string[] = inList(wordsToo);
