import { describe, expect, test } from 'vitest'
import { ArgumentError, parseArguments } from './parse-arguments.ts'

describe('the command line', () => {
  test('nothing given means loopback, port 8080 and a data folder here', () => {
    expect(parseArguments([], '/home/ada')).toEqual({
      port: 8080,
      dataDir: '/home/ada/data',
      publicUrl: undefined,
      host: '127.0.0.1',
      tls: { kind: 'none' },
      trustProxy: false,
      isDemo: false,
      isHelp: false,
    })
  })

  test('a public address opens the product to the network', () => {
    const given = parseArguments(['--public-url', 'https://192.168.0.20:8443/', '--tls', 'self-signed'], '/')
    expect(given).toMatchObject({
      publicUrl: 'https://192.168.0.20:8443',
      host: '0.0.0.0',
      tls: { kind: 'self-signed' },
    })
  })

  test('a certificate comes with its key', () => {
    expect(parseArguments(['--tls', 'a.pem', 'b.pem', '--port', '1'], '/').tls).toEqual({
      kind: 'files',
      certFile: 'a.pem',
      keyFile: 'b.pem',
    })
    expect(() => parseArguments(['--tls', 'a.pem'], '/')).toThrow('two files')
  })

  test.each([
    [['--port', '99999'], '0 to 65535'],
    [['--port', 'http'], '0 to 65535'],
    [['--public-url', 'chat.example.org'], 'takes an address like'],
    [['--public-url', 'https://chat.example.org/sub'], 'takes an address like'],
    [['--public-url', 'http://a.example', '--tls', 'self-signed'], 'write the URL with https'],
    [['--data', ''], '--data needs a value'],
    [['--colour'], '--colour is not an option: npm start --'],
    [['-x'], '-x is not an option'],
    [['--port'], '--port is not used like that'],
    [['--demo=yes'], '--demo is not used like that'],
    [['--data', ''], '--data needs a value'],
    [['--host='], '--host needs a value'],
    [['stray'], 'is not an option'],
  ])('%j is refused with a sentence', (argv, sentence) => {
    expect(() => parseArguments(argv, '/')).toThrow(ArgumentError)
    expect(() => parseArguments(argv, '/')).toThrow(sentence)
    expect(() => parseArguments(argv, '/')).toThrow(/^[^\n]+\.$/)
  })
})
