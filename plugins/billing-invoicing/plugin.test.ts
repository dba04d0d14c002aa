import { testBillingMode } from '#plugins/contract/testing/index.ts';
import { plugin } from './index.ts';

testBillingMode(plugin);
