export interface GuidePart {
  /** `address`: one of this installation's own, to be copied. `code`: as it is typed at the provider. */
  kind: 'text' | 'code' | 'address';
  text: string;
}

export interface GuideAddresses {
  webhookUrl: string;
  callbackUrl: string;
}

/** A step of a plugin's guide with this installation's own addresses filled in; an unknown name in braces stays as it is. */
export function guideParts(step: string, addresses: GuideAddresses): GuidePart[] {
  return step.split(/(\{(?:webhookUrl|callbackUrl)\}|`[^`]+`)/).flatMap((piece): GuidePart[] => {
    if (piece === '') return [];
    if (piece === '{webhookUrl}' || piece === '{callbackUrl}') {
      return [{ kind: 'address', text: addresses[piece.slice(1, -1) as keyof GuideAddresses] }];
    }
    return [
      piece.startsWith('`') && piece.endsWith('`') ? { kind: 'code', text: piece.slice(1, -1) } : { kind: 'text', text: piece },
    ];
  });
}
