/** 통화 점검. */
export const doctor = {
  text: '마이크와 카메라, 그리고 통화 서버까지 가는 길을 하나씩 실제로 열어 봅니다. 20초쯤 걸립니다. 한두 마디 말씀해 주세요.',
  start: '점검 시작',
  again: '다시 점검',
  check: {
    microphone: '마이크',
    camera: '카메라',
    server: '통화 서버',
    address: '서버가 알리는 주소',
    udp: '곧바로 가는 길 (UDP)',
    tcp: '막힌 곳을 지나는 길 (TCP)',
    relay: '돌아가는 길 (TURN)',
  },
  conclusion: {
    good: '통화할 준비가 되어 있습니다.',
    'slow-path': '통화는 되지만 이 네트워크가 가장 빠른 길(UDP)을 막고 있어 화면이 늦거나 흐릴 수 있습니다.',
    'no-path': '통화 서버까지 가는 길이 모두 막혀 있습니다. 아래의 할 일을 서버 운영자에게 알려 주세요.',
    'no-server': '통화 서버에 닿지 못했습니다.',
    'no-device': '길은 열려 있지만 마이크를 쓸 수 없어 듣기만 할 수 있습니다.',
  },
  device: {
    works: '잘 됩니다.',
    silent:
      '열렸지만 아무 소리도 들리지 않습니다. 마이크의 스위치나 시스템의 입력 소리 크기를 확인해 주세요.',
  },
  server: {
    works: '대답합니다.',
    unreachable: '대답하지 않습니다. 인터넷 연결을 확인하고 잠시 뒤에 다시 점검해 주세요.',
    'no-calls':
      '이 서버에는 통화 기능이 꺼져 있습니다. 운영자가 서버에서 npm run media:worker 를 실행하면 켜집니다.',
  },
  address: {
    good: '{{address}}',
    loopback:
      '서버가 자기 자신만 닿을 수 있는 주소({{address}})를 알립니다. 운영자가 MEDIA_LISTEN_ADDRESS=0.0.0.0 과 MEDIA_ANNOUNCED_ADDRESS=서버 주소를 설정해야 합니다.',
    private:
      '서버가 내부망 주소({{address}})를 알립니다. 밖에서는 닿지 않으니 운영자가 MEDIA_ANNOUNCED_ADDRESS에 공인 주소를 설정해야 합니다.',
    none: '서버가 아무 주소도 알리지 않습니다. 운영자가 MEDIA_LISTEN_ADDRESS를 확인해야 합니다.',
  },
  pathWorks: '열려 있습니다. 오가는 데 {{ms}}밀리초 걸립니다.',
  udp: {
    fails:
      '막혀 있습니다. 이 네트워크나 서버의 방화벽이 UDP를 막는 것 같습니다. 운영자는 MEDIA_PORT_BASE부터 작업자 수만큼의 UDP 포트를 열어 주세요.',
    absent: '서버가 UDP 주소를 알리지 않습니다.',
  },
  tcp: {
    fails: '막혀 있습니다. 서버 방화벽에서 같은 번호의 TCP 포트도 열려 있는지 확인해야 합니다.',
    absent: '서버가 TCP 주소를 알리지 않습니다.',
  },
  relay: {
    fails:
      'TURN 서버에 닿지 못했습니다. 운영자는 MEDIA_TURN_URLS와 MEDIA_TURN_SECRET, 그리고 coturn의 포트를 확인해 주세요.',
    absent:
      'TURN 서버가 없습니다. 없어도 되지만, 회사나 학교처럼 막힌 네트워크에서는 필요합니다 (MEDIA_TURN_URLS).',
  },
} as const
