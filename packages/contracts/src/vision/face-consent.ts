/**
 * What a person agrees to before anything of their face is kept. The service keeps who agreed, when, to which version and
 * in which language, with a hash of the text. Changing a word means a new version: everybody is asked again.
 */
export const faceConsentVersion = 2

export interface ConsentSection {
  readonly heading: string
  readonly text: string
}

export const faceConsentTexts: Readonly<Record<'ko' | 'en', readonly ConsentSection[]>> = {
  ko: [
    {
      heading: '무엇을 저장하나요',
      text: '촬영한 사진에서 계산한 얼굴 특징값(숫자 128개, 촬영 장수만큼)을 저장합니다. 특징값은 개인정보 보호법의 민감정보입니다. 사진 자체는 계산이 끝나면 바로 버리고 저장하지 않습니다. 이 동의의 일시, 버전, 언어도 기록합니다.',
    },
    {
      heading: '왜 저장하나요',
      text: '(1) 비밀번호를 맞게 입력한 다음 본인인지 한 번 더 확인하기 위해, (2) 이미 로그인한 기기의 화면 잠금을 비밀번호 대신 해제하기 위해, (3) 따로 허락한 경우에만, 태그를 켠 채팅방의 사진에서 나를 제안하기 위해 씁니다. 다른 목적으로 쓰거나 다른 곳에 넘기지 않습니다.',
    },
    {
      heading: '어떻게 보관하나요',
      text: '이 서버 안에 나만의 키로 암호화해 보관합니다. 로그나 다른 서비스에는 남기지 않습니다.',
    },
    {
      heading: '얼마나 보관하나요',
      text: '내가 삭제할 때까지 보관합니다. 삭제하면 키와 특징값, 나에게 붙은 태그를 바로 없애고, 남은 것이 없는지 확인한 결과를 보여 줍니다. 운영자가 만든 백업에는 암호화된 채로 백업 보관 기간까지 남을 수 있습니다. 동의와 철회의 기록만 남습니다.',
    },
    {
      heading: '동의하지 않으면',
      text: '언제든 거절하거나 철회할 수 있고, 다른 기능에는 아무 차이가 없습니다. 두 번째 확인은 인증 앱의 숫자나 복구 코드로 할 수 있습니다.',
    },
    {
      heading: '한계',
      text: '얼굴 확인은 틀릴 수 있고, 사진이나 영상으로 속이는 것을 모두 막지 못합니다. 그래서 로그인할 때는 비밀번호를 대신하지 않습니다. 화면 잠금은 얼굴만으로도 해제됩니다.',
    },
  ],
  en: [
    {
      heading: 'What is stored',
      text: 'Numbers computed from the shots you take: 128 for each shot, called a face template. They are sensitive personal data. The pictures themselves are thrown away as soon as the numbers are computed and are never stored. The time, version and language of this consent are recorded too.',
    },
    {
      heading: 'Why',
      text: '(1) To make sure once more that it is you, after the right password. (2) To unlock the screen of a device where you are signed in, in place of the password. (3) Only if you allow it separately: to suggest you in photos of chats where tagging is on. They are used for nothing else and handed to nobody.',
    },
    {
      heading: 'How it is kept',
      text: 'On this server, encrypted with a key of your own. Nothing of it goes into logs or to other services.',
    },
    {
      heading: 'For how long',
      text: 'Until you delete it. Deleting destroys your key, your templates and the tags on you at once, and shows you that nothing is left. Backups made by the operator may hold it, encrypted, until they are thrown away. Only the record of consent and withdrawal stays.',
    },
    {
      heading: 'If you do not agree',
      text: 'You can refuse or withdraw at any time, and everything else works as before. For the second step of signing in, use the digits of an authenticator app or a recovery code instead.',
    },
    {
      heading: 'Limits',
      text: 'Recognising a face can go wrong, and it does not keep out everybody who shows a picture or a video of you. That is why it never replaces your password when you sign in. The screen lock opens by the face alone.',
    },
  ],
}
