import { defineConfig } from 'vitest/config'

export default defineConfig({
  // All cores: by default one is left idle, which on two is half of them.
  test: { include: ['tests/**/*.test.ts'], testTimeout: 60_000, hookTimeout: 60_000, maxWorkers: '100%' },
})
