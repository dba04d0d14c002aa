/** Pages of ours that others show within theirs are no app. A browser that can't or won't is as well off without. */
export function registerServiceWorker(): void {
  if (!('serviceWorker' in navigator) || window.top !== window.self) return;
  const register = () => void navigator.serviceWorker.register('/sw.js').catch(() => {});
  if (document.readyState === 'complete') register();
  else addEventListener('load', register, { once: true });
}
