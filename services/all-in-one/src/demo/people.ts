/** Somebody of the demo. */
export interface DemoPerson {
  readonly handle: string
  readonly displayName: string
  readonly statusMessage: string
  readonly locale: 'ko' | 'en'
}

const person = (
  handle: string,
  displayName: string,
  statusMessage = '',
  locale: 'ko' | 'en' = 'ko',
): DemoPerson => ({ handle, displayName, statusMessage, locale })

/** Whose eyes the demo is meant to be seen with; the first account, so the operator. */
const hero = 'jimin'

/** Family and friends: the sign-ins that the terminal shows. */
export const closePeople: readonly DemoPerson[] = [
  person('jimin', '김지민', '천천히, 꾸준히 🌱'),
  person('haneul', '이하늘', '커피는 오후 세 시까지만 ☕'),
  person('seojun', '박서준', '주말엔 산에 있어요'),
  person('emma', 'Emma Wilson', 'Learning Korean, one typo at a time', 'en'),
  person('daniel', 'Daniel Park', 'Reading: Pachinko', 'en'),
  person('eunyoung', '최은영', '우리 식구 모두 건강하게 🙏'),
  person('sangho', '김상호'),
  person('doyun', '김도윤', '시험기간. 답장 느림'),
]

const colleagues: readonly DemoPerson[] = [
  person('yuna', '정유나', '회의 중이면 메모 남겨 주세요'),
  person('taeyang', '오태양', '점심 메뉴 추천받습니다'),
  person('sora', '윤소라', '고양이 두 마리 집사'),
  person('minjae', '한민재'),
  person('gayoung', '신가영', '다음 달부터 육아휴직 👶'),
  person('jaehyun', '조재현', '배포는 금요일을 피해서'),
  person('hyerin', '문혜린'),
  person('wonwoo', '임원우', '런린이 5km 도전 중'),
  person('nari', '백나리', '필름 사진'),
  person('junseo', '서준서', '새로 왔어요, 잘 부탁드립니다'),
]

export const demoPeople: readonly DemoPerson[] = [...closePeople, ...colleagues]

/** Friends both ways. */
export const friendships: readonly (readonly [string, string])[] = [
  ...['haneul', 'seojun', 'emma', 'daniel', 'eunyoung', 'sangho', 'doyun', 'yuna', 'sora', 'taeyang'].map(
    (other) => [hero, other] as const,
  ),
  ['haneul', 'seojun'],
  ['haneul', 'emma'],
  ['haneul', 'daniel'],
  ['seojun', 'daniel'],
  ['seojun', 'emma'],
  ['seojun', 'minjae'],
  ['emma', 'daniel'],
  ['eunyoung', 'sangho'],
  ['eunyoung', 'doyun'],
  ['sangho', 'doyun'],
  ['daniel', 'yuna'],
  ['sora', 'nari'],
  ['sora', 'yuna'],
]

/** Who added whom without an answer yet: shown as "people who added you". */
export const admirations: readonly (readonly [string, string])[] = [
  ['junseo', hero],
  ['nari', hero],
  ['wonwoo', hero],
]

export const favourites: readonly (readonly [string, string])[] = [
  [hero, 'haneul'],
  [hero, 'eunyoung'],
  ['haneul', hero],
  ['emma', hero],
  ['eunyoung', 'sangho'],
]
