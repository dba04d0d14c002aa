/** Where a browser keeps that a page may use a device, and how it is allowed there again. */
export function deniedWords(device: 'camera' | 'microphone', userAgent: string): string {
  const Device = device === 'camera' ? 'Camera' : 'Microphone';
  const apple = /iPhone|iPad/.test(userAgent);
  if (apple && /CriOS|FxiOS|EdgiOS/.test(userAgent)) {
    const app = /CriOS/.test(userAgent) ? 'Chrome' : /FxiOS/.test(userAgent) ? 'Firefox' : 'Edge';
    return `Open the Settings of your ${/iPad/.test(userAgent) ? 'iPad' : 'iPhone'}, choose ${app}, and allow ${Device}. Then load this page again.`;
  }
  if (apple) {
    return `Press the sign at the left of the address, choose Website Settings, and set ${Device} to Allow. If it isn’t there: Settings, Apps, Safari, ${Device}.`;
  }
  if (/Android/.test(userAgent)) {
    return `Press the sign left of the address, choose Permissions, and allow ${Device}. If that is greyed out, allow it for the browser in the phone’s own settings, under Apps.`;
  }
  if (/Firefox\//.test(userAgent)) {
    return `Press the crossed-out ${device} left of the address and take the block away. Then press Try again.`;
  }
  if (/Safari\//.test(userAgent) && !/Chrome\/|Chromium\//.test(userAgent)) {
    return `In the menu Safari choose Settings for This Website and set ${Device} to Allow. Then load this page again.`;
  }
  const system = /Mac OS X/.test(userAgent)
    ? ' If it is on there: System Settings, Privacy & Security.'
    : /Windows/.test(userAgent)
      ? ' If it is on there: Windows Settings, Privacy & security.'
      : '';
  return `Press the sign left of the address and switch ${Device} on. Then press Try again.${system}`;
}
