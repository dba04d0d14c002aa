/** What a payer agrees to before a card is kept; kept word for word with the card. Browser-safe. */
export function consentText(company: string, delayHours: number): string {
  const when =
    delayHours === 0
      ? 'as soon as it is issued'
      : delayHours % 24 === 0
        ? `${delayHours / 24} ${delayHours === 24 ? 'day' : 'days'} after it is issued`
        : `${delayHours} hours after it is issued`;
  return `${company} may keep this card with its payment provider and take from it what is open of each invoice, ${when}. I get a mail before, and can remove the card or stop this at any time.`;
}
