export const USER_ID = '6d3f2c1a-0b7e-4c55-9a41-2f6d0c9b1e01';
const BOT_ID = '6d3f2c1a-0b7e-4c55-9a41-2f6d0c9b1e02';
const TEAM_ID = '6d3f2c1a-0b7e-4c55-9a41-2f6d0c9b1e03';

/** A key acts as the user who made it, or as a bot. */
export type ActsAs = 'person' | 'bot';

export const PROFILES: Readonly<Record<ActsAs, object>> = {
  person: {
    userId: USER_ID,
    teamId: TEAM_ID,
    email: 'practice@practice.example',
    fullName: 'Practice User',
    role: 'admin',
    state: 'active',
  },
  bot: {
    userId: BOT_ID,
    teamId: TEAM_ID,
    email: 'bot@practice.example',
    fullName: 'Practice Bot',
    role: 'contributor',
    state: 'active',
  },
};

export const TEAM = { id: TEAM_ID, name: 'Practice Team' } as const;
