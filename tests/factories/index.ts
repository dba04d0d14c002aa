export * from './checklists.ts';
export { aCustomField } from './custom-field.ts';
export { anEngagement } from './engagement.ts';
export { type AnOrganisation, anOrganisation, type PluginId } from './organisation.ts';
export { aClient, aStudent, aTutor } from './people.ts';
export { aPlace, aRoom } from './places.ts';
export { aRequest } from './request.ts';
export { aProgram, aRate, aSubject } from './teaching.ts';
export { aUser } from './user.ts';
