import { Decoder, Encoder } from 'socket.io-parser'

/** A decoder that refuses binary events before a byte of them is kept: no command of ours has any. */
class TextOnlyDecoder extends Decoder {
  constructor() {
    super({ maxAttachments: 0 })
  }
}

/** For Socket.IO's `parser` option. A packet that is refused closes its connection. */
export const textOnlyParser = { Encoder, Decoder: TextOnlyDecoder }
