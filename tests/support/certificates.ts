import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

export interface CertificateOptions {
  readonly names?: readonly string[];
  /** `YYYYMMDDHHMMSSZ`. */
  readonly from?: string;
  readonly until?: string;
}

/** A certificate authority of the test's own, made by the `openssl` command. */
export class TestAuthority {
  readonly certificate: string;
  readonly #folder = mkdtempSync(join(tmpdir(), 'tessera-ca-'));

  constructor() {
    this.#openssl(
      'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=Test-CA -keyout ca.key -out ca.pem',
    );
    this.certificate = this.#read('ca.pem');
  }

  issue({ names = ['localhost', 'api.test'], from, until }: CertificateOptions = {}): Certificate {
    const alternatives = [...names.map((name) => `DNS:${name}`), 'IP:127.0.0.1'].join(',');
    writeFileSync(join(this.#folder, 'leaf.ext'), `subjectAltName=${alternatives}\n`);
    this.#openssl(
      'req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=leaf -keyout leaf.key -out leaf.csr',
    );
    const period =
      from === undefined || until === undefined ? '-days 2' : `-not_before ${from} -not_after ${until}`;
    if (from === undefined) {
      this.#openssl(
        `x509 -req -in leaf.csr -CA ca.pem -CAkey ca.key -CAcreateserial ${period} -extfile leaf.ext -out leaf.pem`,
      );
    } else {
      writeFileSync(join(this.#folder, 'index.txt'), '');
      writeFileSync(join(this.#folder, 'ca.cnf'), CA_CONFIG);
      this.#openssl(
        `ca -batch -config ca.cnf -cert ca.pem -keyfile ca.key -in leaf.csr -out leaf.pem -extfile leaf.ext -startdate ${from} -enddate ${until} -notext`,
      );
    }
    return { key: this.#read('leaf.key'), cert: this.#read('leaf.pem') };
  }

  /** The same with an encrypted key, and as a PFX, both under `passphrase`. */
  issueEncrypted(passphrase: string): Certificate & { readonly pfx: Buffer } {
    const { cert } = this.issue({ names: ['client.test'] });
    const secret = `-passout pass:${passphrase}`;
    this.#openssl(`pkcs8 -topk8 -in leaf.key -out leaf.enc ${secret}`);
    this.#openssl(`pkcs12 -export -inkey leaf.key -in leaf.pem -out leaf.pfx ${secret}`);
    return { key: this.#read('leaf.enc'), cert, pfx: readFileSync(join(this.#folder, 'leaf.pfx')) };
  }

  /** A certificate that vouches for itself, for `localhost`. */
  selfSigned(): Certificate {
    this.#openssl(
      'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost -keyout self.key -out self.pem',
    );
    return { key: this.#read('self.key'), cert: this.#read('self.pem') };
  }

  [Symbol.dispose](): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #openssl(command: string): void {
    execFileSync('openssl', command.split(' '), { cwd: this.#folder, stdio: 'pipe' });
  }

  #read(name: string): string {
    return readFileSync(join(this.#folder, name), 'utf8');
  }
}

const CA_CONFIG = `
[ca]
default_ca = test
[test]
dir = .
database = index.txt
new_certs_dir = .
default_md = sha256
rand_serial = yes
policy = any
[any]
commonName = supplied
`;
