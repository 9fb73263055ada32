import { useMutation } from '@tanstack/react-query';
import type { LoginField, LoginInput } from '../../shared/logins/login.ts';
import { tessera, unwrap } from '../api/tessera.ts';
import { Banner, ErrorBanner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import styles from './logins.module.css';

const FIELDS: Readonly<Record<LoginField, string>> = {
  accessToken: 'access token',
  refreshToken: 'refresh token',
  expiresIn: 'seconds until it expires',
  expiresAt: 'when it expires',
  tokenType: 'type',
  refreshExpiresIn: 'end of the refresh token',
};

interface TryLoginProps {
  readonly appId: string;
  readonly login: LoginInput;
  readonly password: string;
}

/** Signs in with a login that is being described, keeps nothing, and says what the answer holds. */
export function TryLogin({ appId, login, password }: TryLoginProps) {
  const trial = useMutation({
    mutationFn: () =>
      unwrap(tessera.logins.tryOut({ connectId: crypto.randomUUID(), appId, login, password })),
  });
  const { data } = trial;
  return (
    <div className={styles.try}>
      <Button onPress={() => trial.mutate()} isDisabled={trial.isPending || password === ''}>
        {trial.isPending ? 'Trying…' : 'Try it'}
      </Button>
      <ErrorBanner error={trial.error} />
      {data !== undefined && (
        <>
          <Banner tone={data.outcome === 'refused' ? 'bad' : 'good'}>
            {data.message}
            {data.found.length > 0 && ` Found: ${data.found.map((field) => FIELDS[field]).join(', ')}.`}
          </Banner>
          {data.paths.length > 0 && (
            <section aria-label="Values in the answer">
              <p className={styles.hint}>Where the answer has values:</p>
              <ul className={styles.paths}>
                {data.paths.map((path) => (
                  <li key={path}>{path}</li>
                ))}
              </ul>
            </section>
          )}
        </>
      )}
    </div>
  );
}
