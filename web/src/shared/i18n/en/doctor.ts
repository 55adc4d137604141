/** The call doctor. */
export const doctor = {
  text: 'Opens the microphone, the camera and every path to the call server for real, one after another. Takes about 20 seconds. Please say a word or two.',
  start: 'Start the check',
  again: 'Check again',
  check: {
    microphone: 'Microphone',
    camera: 'Camera',
    server: 'Call server',
    address: 'Address the server announces',
    udp: 'The direct path (UDP)',
    tcp: 'The path through firewalls (TCP)',
    relay: 'The path around (TURN)',
  },
  conclusion: {
    good: 'Everything is ready for calls.',
    'slow-path':
      'Calls work, but this network blocks the quickest path (UDP): pictures may be late or blurred.',
    'no-path': 'Every path to the call server is blocked. Please tell the operator what is said below.',
    'no-server': 'The call server could not be reached.',
    'no-device': 'The paths are open, but without a microphone you can only listen.',
  },
  device: {
    works: 'Works.',
    silent: 'Opened, but nothing is heard. Check the switch of the microphone and the input volume.',
  },
  server: {
    works: 'Answers.',
    unreachable: 'Does not answer. Check the internet connection and try again in a moment.',
    'no-calls': 'Calls are off on this server. The operator turns them on with npm run media:worker.',
  },
  address: {
    good: '{{address}}',
    loopback:
      'The server announces an address that only it can reach ({{address}}). The operator has to set MEDIA_LISTEN_ADDRESS=0.0.0.0 and MEDIA_ANNOUNCED_ADDRESS to the address of the server.',
    private:
      'The server announces an address of its inner network ({{address}}), which cannot be reached from outside. The operator has to set MEDIA_ANNOUNCED_ADDRESS to the public address.',
    none: 'The server announces no address. The operator has to look at MEDIA_LISTEN_ADDRESS.',
  },
  pathWorks: 'Open. There and back takes {{ms}} ms.',
  udp: {
    fails:
      'Blocked. The firewall of this network or of the server seems to stop UDP. The operator has to open the UDP ports from MEDIA_PORT_BASE on, one for each worker.',
    absent: 'The server announces no UDP address.',
  },
  tcp: {
    fails: 'Blocked. The server’s firewall has to let the TCP ports of the same numbers through.',
    absent: 'The server announces no TCP address.',
  },
  relay: {
    fails:
      'The TURN server was not reached. The operator has to look at MEDIA_TURN_URLS, MEDIA_TURN_SECRET and the ports of coturn.',
    absent:
      'There is no TURN server. Calls do without, but closed networks such as companies and schools need one (MEDIA_TURN_URLS).',
  },
} as const
