/** A file of a form as it was sent; a form without one has an empty one, as browsers send it. */
export async function uploadedFile(form: FormData, field: string): Promise<{ name: string; content: Buffer }> {
  const file = form.get(field);
  if (typeof file === 'string' || file === null) return { name: '', content: Buffer.alloc(0) };
  return { name: file.name, content: Buffer.from(await file.arrayBuffer()) };
}
