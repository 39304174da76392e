import { createServer } from "node:http";

const { HOST, PORT, CELSIUS } = process.env;
const page = `# HELP weather_temperature_celsius How warm it is.
# TYPE weather_temperature_celsius gauge
weather_temperature_celsius ${CELSIUS}
`;

const server = createServer((request, response) => {
  const found = request.url === "/metrics";
  response.writeHead(found ? 200 : 404, { "content-type": "text/plain; version=0.0.4" });
  response.end(found ? page : "");
});
server.listen(Number(PORT), HOST, () => console.log(`measuring at ${HOST}:${PORT}`));
process.on("SIGTERM", () => process.exit(0));
