import { testMeetingProvider } from '#plugins/contract/testing/index.ts';
import { faultyServer } from '#tests/fakes/faulty-server.ts';
import { plugin } from '#tests/fakes/meeting-faulty.ts';

// The suite's part for providers that talk to the world has a plugin to run on before the first real one is there.
testMeetingProvider(plugin, faultyServer());
