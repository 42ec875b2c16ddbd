import { WebSocketServer } from 'ws';

/** As the bare relay, but a message is framed once for all, and a socket is written to once a turn. */
const rooms = new Map();
const server = new WebSocketServer({ port: Number(process.env.PORT), host: '127.0.0.1' });

function frame(data) {
  const head = data.length < 126 ? 2 : data.length < 0x10000 ? 4 : 10;
  const bytes = Buffer.allocUnsafe(head + data.length);
  bytes[0] = 0x82;
  if (head === 2) bytes[1] = data.length;
  else if (head === 4) {
    bytes[1] = 126;
    bytes.writeUInt16BE(data.length, 2);
  } else {
    bytes[1] = 127;
    bytes.writeBigUInt64BE(BigInt(data.length), 2);
  }
  data.copy(bytes, head);
  return bytes;
}

function flush(room) {
  const said = room.said;
  room.said = [];
  const all = Buffer.concat(said.map(({ bytes }) => bytes));
  const senders = new Set(said.map(({ from }) => from));
  for (const [socket, stream] of room.sockets) {
    if (!senders.has(socket)) stream.write(all);
    else {
      const others = said.filter(({ from }) => from !== socket).map(({ bytes }) => bytes);
      if (others.length > 0) stream.write(Buffer.concat(others));
    }
  }
}

server.on('connection', (socket, request) => {
  const room = rooms.get(request.url) ?? { sockets: new Map(), said: [] };
  rooms.set(request.url, room);
  room.sockets.set(socket, request.socket);
  socket.on('message', (data) => {
    room.said.push({ from: socket, bytes: frame(data) });
    if (room.said.length === 1) setImmediate(flush, room);
  });
  socket.on('close', () => {
    room.sockets.delete(socket);
    if (room.sockets.size === 0) rooms.delete(request.url);
  });
});
