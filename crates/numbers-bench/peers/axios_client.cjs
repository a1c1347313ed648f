// Makes Synthflow's call with axios: the base URL, fresh or kept, and how many calls.

const http = require("node:http");
const axios = require("axios");

async function main() {
  const [base, mode, calls] = process.argv.slice(2);
  const client = axios.create({
    headers: { Authorization: "Bearer sk-0123456789abcdef0123456789abcdef" },
    httpAgent: new http.Agent({ keepAlive: mode === "kept" }),
    proxy: false,
    timeout: 30_000,
  });
  for (let call = 0; call < Number(calls); call += 1) {
    const response = await client.delete(`${base}/numbers/33782990580`);
    if (response.data.status !== "ok") throw new Error("not deleted");
  }
}

main().then(() => process.exit(0));
