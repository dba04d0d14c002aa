import { type ActionFunctionArgs, redirect } from '@remix-run/node';
import { actorOf, authorize, notFound } from '#app/auth/authorize.server.ts';
import { addTaxRate } from '#app/domain/billing/documents/add-tax-rate.server.ts';
import { archiveTaxRate } from '#app/domain/billing/documents/archive-tax-rate.server.ts';
import { numberSeriesSchema, taxRateSchema, wordsSchema } from '#app/domain/billing/documents/document-settings.schema.ts';
import { editNumberSeries } from '#app/domain/billing/documents/edit-number-series.server.ts';
import { setLogo } from '#app/domain/billing/documents/set-logo.server.ts';
import { saveMoneySettings } from '#app/domain/billing/save-money-settings.server.ts';
import { isId } from '#app/domain/is-id.ts';
import { readRecord, refusedForm, refusedRecord } from '#app/ui/record-form.server.ts';
import { textOf } from '../money-pages/refusal.server.ts';
import { uploadedFile } from '../person-pages/uploaded-file.server.ts';

const HERE = '/office/settings/documents';

/** The forms of the page, each by its intent. */
export async function actOnDocuments(args: ActionFunctionArgs) {
  const user = await authorize(args, 'organisation.manage');
  const { context, request } = args;
  const form = await request.formData();
  const actor = actorOf(user, context);
  try {
    switch (textOf(form, 'intent')) {
      case 'words': {
        const read = readRecord(wordsSchema, form);
        if (!read.ok) return refusedForm(read.answer);
        await saveMoneySettings(context.db, actor, read.value);
        break;
      }
      case 'logo':
        await setLogo(context.db, actor, { content: (await uploadedFile(form, 'logo')).content });
        break;
      case 'no-logo':
        await setLogo(context.db, actor, { content: null });
        break;
      case 'tax': {
        const read = readRecord(taxRateSchema, form);
        if (!read.ok) return refusedForm(read.answer);
        await addTaxRate(context.db, actor, read.value);
        break;
      }
      case 'archive-tax': {
        const id = textOf(form, 'taxRateId');
        if (!isId(id)) throw notFound();
        await archiveTaxRate(context.db, context, actor, { id });
        break;
      }
      case 'invoice':
      case 'credit_note': {
        const read = readRecord(numberSeriesSchema, form);
        if (!read.ok) return refusedForm(read.answer);
        await editNumberSeries(context.db, context, actor, read.value);
        break;
      }
      default:
        throw notFound();
    }
  } catch (error) {
    return refusedRecord(error, form);
  }
  return redirect(HERE);
}
