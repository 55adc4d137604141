/**
 * Words that stand at the top of every list of leaked passwords, without the digits and signs people put around them;
 * with some that only Koreans choose (in Hangul, and as typed on Latin keys). Lower case.
 */
export const commonWords: ReadonlySet<string> = new Set(
  `aaron abcdef abigail access account action adidas admin administrator adrian airborne alabama alexander alexandra
  alexis allison amanda america american amsterdam anderson andrea andrew android angel angela angelina angels animal
  anthony antonio apollo apple apples arsenal arthur asdf asdfasdf asdfgh asdfghjkl ashley asshole athena august austin
  australia avengers babygirl badass bailey balance banana barbara barcelona barney baseball basketball batman beautiful
  beaver benjamin berlin bigdaddy bigdick biteme blackjack blessed blink blizzard blondie bonnie booboo boomer boston
  brandon brazil brian brooklyn brother bubbles buster butterfly butthead california cameron canada captain cardinal
  carlos carolina caroline casper catherine celtic challenge chance changeme charles charlie charlotte cheese chelsea
  cherry chester chicago chicken chocolate chris christian christina christine christmas christopher cinderella classic
  claudia cocacola coffee compaq computer concrete cookie cookies cooper corvette cowboy cowboys crystal cuddles dakota
  dallas daniel danielle darkness david death december default delete denver destiny diablo diamond diana dolphin
  dolphins donald dragon dragonball dragons dreams drowssap eagle eagles eclipse edward einstein elephant elizabeth
  eminem emmanuel enter eternal everton exchange facebook faith falcon family fantasy ferrari fireball firefly flower
  flowers football forever france francis frank freedom friend friends fuckme fuckoff fuckyou gabriel gandalf garfield
  genesis george giants ginger gizmo goddess golden golfer google gordon gregory guest guitar hammer hannah happy
  harley harrypotter hawaii heather heaven hello hellokitty hello-world helloworld hockey holiday hotdog hotmail hunter
  iceman iloveme iloveu iloveyou indiana infinity inside instagram internet isabella jackson jaguar james jasmine jason
  jeffrey jennifer jeremy jessica jesus jesuschrist jonathan jordan joseph joshua junior justice justin katherine kawasaki
  kevin killer kimberly kingdom kitten klaster knight lakers lauren legend letmein liberty light lightning linkedin
  lionking liverpool london loulou love lovelove lovely loveme lover loveyou lucky maggie magic manchester marina marine
  marlboro martin master matrix matthew maverick maxwell melissa mercedes merlin metallica michael michelle mickey
  microsoft midnight miller minecraft mission money monica monkey monster morgan mother mountain mustang naruto natalie
  natasha nathan newyork nicholas nicole ninja nirvana nothing november number october october ohmygod oliver orange
  pacific packers paradise parker passion passw passwd passwort password passpass patricia patrick peaches peanut pepper
  phoenix pikachu pirate please pokemon police porsche power precious prince princess private purple pussy qazwsx qazwsxedc
  qwer qweasd qweasdzxc qwert qwerty qwertyuiop qwe rabbit rachel raiders rainbow ranger rangers raymond rebecca redsox
  richard robert ronaldo russia samantha samsung sandra saturn scooby scorpion scorpio scott secret security seoul serenity
  service shadow shannon shelby sierra silver simple skywalker slipknot smokey snoopy soccer softball soldier sophie
  spartan spencer spider spiderman startrek starwars steelers stella stephanie steven strawberry student success summer
  sunday sunflower sunshine super superman superstar support suzuki sweet sweetie sweetheart swordfish taylor teacher temp
  tennis tequila test tester testing testtest thailand theman thomas thunder tiffany tiger tigers tigger tinkerbell titanic
  tomorrow toyota travis trinity tristan trouble trustno truelove tweety twilight twitter undertaker unicorn united
  vampire vanessa victor victoria viking vincent violet warrior welcome whatever william williams wilson windows winner
  winter wizard wolverine wonder woods worldcup xbox xxxxxx yamaha yankee yankees yellow youtube zaq zxcvbn zxcvbnm
  kakao kakaotalk ournow korea naver daehanminguk hanguk saranghae sarang
  dkssud dkssudgktpdy tkfkdgo tkfkd qlalfqjsgh wkddnjs alstn rkskekfk ekdms gksrnr dkagh
  비밀번호 암호 안녕 안녕하세요 사랑해 사랑해요 사랑합니다 대한민국 우리나라 가나다라 가나다라마바사 카카오톡 패스워드 바보 아무거나 행복`.split(
    /\s+/,
  ),
)
