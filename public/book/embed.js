// Puts the booking page where this script stands. <script src="https://…/book/embed.js" async></script>
// data-query="program=…&tutor=…" begins further on; data-target="#id" puts it elsewhere; data-page="enquire" or "apply" is
// the form for enquiries or applications instead.
(() => {
  const script = document.currentScript;
  if (!script) return;
  const { origin } = new URL(script.src);
  const frame = document.createElement('iframe');
  const page = ['enquire', 'apply'].includes(script.dataset.page) ? script.dataset.page : 'book';
  frame.src = `${origin}/${page}/embed${script.dataset.query ? `?${script.dataset.query}` : ''}`;
  frame.title = script.dataset.title || { book: 'Book a lesson', enquire: 'Ask for lessons', apply: 'Teach with us' }[page];
  frame.loading = 'lazy';
  frame.style.cssText = 'display:block;width:100%;height:640px;border:0;color-scheme:normal';
  const target = script.dataset.target && document.querySelector(script.dataset.target);
  if (target) target.append(frame);
  else script.after(frame);

  addEventListener('message', (event) => {
    if (event.origin !== origin || event.source !== frame.contentWindow) return;
    const { lectern, height } = event.data || {};
    if (lectern === 'height' && Number.isFinite(height)) frame.style.height = `${Math.min(Math.max(height, 200), 10000)}px`;
    // Another question: its beginning, not the place where the answer before was.
    if (lectern === 'step' && frame.getBoundingClientRect().top < 0) frame.scrollIntoView({ block: 'start' });
  });
})();
