/* Of /offline.html: the page that was wanted is opened by itself once there is a connection. */
addEventListener('online', () => {
  document.getElementById('back').textContent = 'You are connected again: opening the page.';
  location.reload();
});
