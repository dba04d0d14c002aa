/**
 * What is known of people, and where: every column of every table, in one of these classes. A new column fails the test
 * until somebody has thought about it here. Exporting and erasing a person follow this map. Browser-safe.
 *
 * - plain: ids, days, amounts, states, the company's own words: of nobody in particular
 * - text: written about people or by them. Blanked in what hangs on whoever is erased; their names are taken out of the rest
 * - document: on an invoice, a credit note, a payment or a pay run that was issued: kept for its legal time, read by admins
 * - log: append-only; holds references and ids, no names. Of the audit log the reasons that people typed can be taken out,
 *   by erasing alone
 * - brief: forgotten by itself within days
 * - secret: a hash, or the content of a file; goes with its row
 */
export interface ColumnClasses {
  plain: string;
  text?: string;
  document?: string;
  log?: string;
  brief?: string;
  secret?: string;
}

export const PERSONAL_DATA: Readonly<Record<string, ColumnClasses>> = {
  account: {
    plain: 'balance client_id commodity created_at floor id kind tutor_id',
    log: 'code',
  },
  api_idempotency: {
    plain: 'api_key_id created_at key request_hash status',
    brief: 'body',
  },
  api_key: {
    plain: 'created_at created_by expires_at id last_used_at name prefix revoked_at scopes',
    secret: 'key_hash',
  },
  attendance: {
    plain:
      'billing_install_id charge_percent client_id homework_done_at homework_done_by id join_pass left_out marked_at minutes outcome pay_percent rating replaced_by_id revision session_id settled_at step_charge_percent step_pay_percent student_id waived_as waived_term_id',
    text: 'note flag absence_note homework homework_answer',
  },
  audit_log: {
    plain: 'action actor_api_key_id actor_kind actor_user_id at id request_id session_id subject_id subject_type',
    log: 'before after reason',
  },
  availability_exception: {
    plain: 'created_at end_minute id local_date open start_minute tutor_id',
    text: 'note',
  },
  availability_rule: {
    plain: 'end_minute id start_minute tutor_id valid_from valid_to weekday',
  },
  booking_request: {
    plain:
      'client_id created_at decided_at decided_by duration_minutes engagement_id fee_said id kind mode place_id program_id ref requested_by result_session_id routed_to session_id source starts_at status student_id subject_id tutor_id updated_at version wall_start zone',
    text: 'location note answer proposals',
  },
  books_closing: {
    plain: 'closed_to decided_at decided_by id was',
    document: 'reason',
  },
  calendar_feed: {
    plain: 'changed_at content_hash created_at id last_read_at revoked_at scope user_id',
    text: 'name',
    secret: 'token_hash',
  },
  cancellation: {
    plain: 'cancelled_at cancelled_by created_at id reason_id recorded_by session_id student_id',
    text: 'reason',
  },
  cancellation_reason: {
    plain: 'archived_at id label position said_by version',
  },
  charge: {
    plain:
      'about_charge_id attendance_id client_id created_by credit_lot_id id kind late local_date minutes net periodic_from periodic_install_id periodic_key program_id reason reversed_at revision run_id settled_at student_id tax_percent',
    text: 'description',
  },
  checklist_item: {
    plain: 'archived_at done_by fact help id label position role version',
  },
  checklist_tick: {
    plain: 'client_id item_id student_id ticked_at ticked_by tutor_id',
  },
  clearance: {
    plain:
      'checked_at checked_by created_at created_by expires_on file_id id issued_on reminded_days status tutor_id type_id version',
    text: 'number note',
  },
  clearance_type: {
    plain: 'archived_at id name position remind_days required valid_months version',
  },
  client: {
    plain:
      'archived_at auto_charge billing_install_id created_at erased_at id locale low_credits low_credits_told_at no_reminders periodic_from ref source status timezone top_up_package_id updated_at user_id version',
    text: 'name email phone address notes custom',
  },
  close_out: {
    plain:
      'actual_minutes actual_starts_at approved_at approved_by automatic homework_due_on miles paid_minutes sent_back_at session_id status submission_key submitted_at submitted_by updated_at version',
    text: 'notes private_note homework next_topics sent_back_reason summary',
  },
  close_out_chase: {
    plain: 'sent_at session_id step',
  },
  close_out_draft: {
    plain: 'saved_at session_id user_id',
    text: 'body',
  },
  closure: {
    plain: 'created_at created_by ends_on id program_id starts_on uid',
    text: 'name',
  },
  classroom: {
    plain: 'board_at ended_at ended_by lobby opened_at session_id',
    text: 'board',
  },
  classroom_file: {
    plain: 'bytes created_at id media_type purpose session_id sha256 user_id',
    text: 'name',
    secret: 'content',
  },
  classroom_message: {
    plain: 'file_id id sent_at session_id user_id',
    text: 'body name person_key',
  },
  classroom_person: {
    plain: 'attendance_id changed_at connection media role seen_at session_id state user_id',
    text: 'name person_key',
  },
  classroom_relay: {
    plain: 'id made_at',
    brief: 'payload',
  },
  classroom_update: {
    plain: 'id made_at session_id',
    text: 'content',
  },
  collection: {
    plain:
      'amount attempts charge_at checkout_url client_id created_at currency gateway_ref id install_id invoice_id package_id package_terms payment_id purpose save_card saved_card_id started_by status student_id updated_at way',
    document: 'error',
  },
  conversation: {
    plain: 'closed_at created_at id last_message_at student_id tutor_id',
  },
  conversation_message: {
    plain: 'conversation_id created_at id removed_at removed_by sender_client_id sender_user_id side source_key told_at via',
    text: 'body',
  },
  conversation_read: {
    plain: 'conversation_id read_at user_id',
  },
  course: {
    plain: 'archived_at capacity created_at enrol_until id in_storefront price ref series_id updated_at version',
    text: 'name description',
  },
  course_enrolment: {
    plain: 'client_id course_id credit_lot_id enrolled_at enrolled_by id left_at student_id',
  },
  credit_lot: {
    plain:
      'account_id client_id created_at created_by credits expires_on expiry_told_at id kind moved_credits moved_price package_id price program_id purchased_on recognised ref student_id tax_percent',
    text: 'note',
  },
  credit_move: {
    plain: 'client_id created_at created_by credits id kind lot_id to_client_id',
    document: 'reason',
  },
  credit_note: {
    plain: 'created_at created_by id invoice_id issued_on net number number_text series tax total',
    document: 'reason company',
  },
  credit_note_line: {
    plain: 'credit_note_id id invoice_line_id net tax_percent',
  },
  custom_field: {
    plain:
      'archived_at choices edited_by entity filterable help id in_list in_mail in_public_form key label position required seen_by type version',
  },
  declared_provider: {
    plain: 'created_at created_by id source updated_at version',
  },
  document_picture: {
    plain: 'created_at sha256 type',
    secret: 'content',
  },
  engagement: {
    plain:
      'chased_at created_at created_by default_minutes ends_on hours_per_week id office_told_at program_id request_id starts_on student_id subject_id tutor_id updated_at version who_may_schedule',
    text: 'notes',
  },
  feedback: {
    plain: 'created_at id rating seen_at seen_by session_id side student_id tutor_id updated_at user_id',
    text: 'body',
  },
  file: {
    plain: 'bytes client_id created_at id media_type request_id sha256 student_id tutor_id uploaded_by visibility',
    text: 'name',
  },
  file_content: {
    plain: 'file_id',
    secret: 'content',
  },
  form_answer: {
    plain: 'created_at key kind',
  },
  goal: {
    plain: 'created_at created_by due_on id position shared status student_id subject_id updated_at version',
    text: 'title description',
  },
  goal_rating: {
    plain: 'created_at goal_id id rated_by rated_on rating session_id',
    text: 'note',
  },
  hold: {
    plain: 'course_id created_at ends_at expires_at id starts_at tutor_id',
    brief: 'data',
    secret: 'token_hash',
  },
  idempotency_key: {
    plain: 'created_at scope user_id',
    brief: 'result key',
  },
  install_credential: {
    plain: 'expires_at install_id settings_hash',
    secret: 'tokens',
  },
  invoice: {
    plain: 'client_id client_ref created_at currency due_on id issued_on net number number_text run_id series tax total',
    document: 'client_name client_email client_address company',
  },
  invoice_hold: {
    plain: 'client_id held_at held_by id released_at released_by',
    text: 'reason',
  },
  invoice_line: {
    plain: 'charge_id id invoice_id kind late local_date minutes net position reason ref student_ref tax_percent',
    document: 'description',
  },
  invoice_reminder: {
    plain: 'fee_charge_id id invoice_id mail_id open sent_at step_id',
  },
  invoice_run: {
    plain:
      'billing_install_ids client_ids confirmed_at confirmed_by finished_at id period_from period_to preview_hash program_ids schedule_id send_mails sent_at status stopped_because',
  },
  invoice_run_proposal: {
    plain:
      'billing_install_ids client_ids decided_at decided_by id period_from period_to preview_hash program_ids proposed_at proposed_by run_id seen send_mails status',
    document: 'note',
  },
  invoice_schedule: {
    plain:
      'billing_install_ids client_ids created_at created_by does every id last_result name next_on paused program_ids version',
  },
  invoice_tax: {
    plain: 'invoice_id net tax tax_percent',
  },
  invoice_write_off: {
    plain: 'amount created_at created_by id invoice_id written_off_on',
    document: 'reason',
  },
  key_canary: {
    plain: 'id sealed',
  },
  ledger_entry: {
    plain: 'account_id amount balance_after seq transaction_id',
  },
  ledger_transaction: {
    plain: 'attendance_id effective_on id idempotency_key posted_at session_id',
    log: 'description',
  },
  level: {
    plain: 'archived_at id name position version',
  },
  mail_block: {
    plain: 'cause created_at mail_id',
    text: 'address detail',
  },
  mail_message: {
    plain:
      'attempts bounced_at created_at dedupe_key doubtful_at id invoice_id next_try_at not_before resend_of sent_at session_id status template template_version_id user_id',
    text: 'to_address to_name data error',
  },
  mail_pace: {
    plain: 'single taken_to',
  },
  mail_preference: {
    plain: 'changed_at kind minutes_before via wanted',
    text: 'address',
  },
  mail_template_version: {
    plain: 'body created_at created_by id is_default locale plain subject template version',
  },
  make_up: {
    plain: 'attendance_id created_at decided_at expires_on id minutes program_id state student_id used_attendance_id',
  },
  matching_pick: {
    plain: 'request_id run_id score state tutor_id',
    text: 'detail',
  },
  matching_run: {
    plain: 'created_at created_by error finished_at from_run_id heartbeat_at id progress rules started_at status',
  },
  matching_wish: {
    plain: 'created_at created_by kind request_id tutor_id',
    text: 'reason',
  },
  meeting: {
    plain:
      'attempts claimed_until connection_id created_at ended_at error_code install_id next_attempt_at presence_read_at ref release_at release_attempts session_id started_at state swept_at turn unsure updated_at',
    text: 'error data join_url',
  },
  meeting_join: {
    plain: 'attendance_id id joined_at role session_id user_id',
    text: 'guest_name',
  },
  meeting_presence: {
    plain: 'attendance_id id install_id joined_at left_at session_id source user_id',
    text: 'email name person_key',
  },
  merge: {
    plain: 'done_at done_by id kept_id kind merged_id undone_at undone_by',
    text: 'before moved',
  },
  note: {
    plain: 'author_id client_id created_at id pinned request_id student_id tutor_id updated_at version visibility',
    text: 'body',
  },
  note_template: {
    plain: 'archived_at body created_at id name position program_id subject_id version',
  },
  number_series: {
    plain: 'digits name next_number of_series prefix year yearly',
  },
  oauth_request: {
    plain: 'created_at install_id tutor_id used_at',
    secret: 'session_hash state_hash verifier',
  },
  offer: {
    plain:
      'answer_hours charge_rate closed_at created_at created_by engagement_id id kind pay_rate program_id ref request_id status subject_id version who_may_schedule',
    text: 'message terms',
  },
  offer_tutor: {
    plain: 'answered_at expires_at offer_id position reminded_at score sent_at status tutor_id',
    text: 'decline_reason',
  },
  organisation: {
    plain:
      'address billing_install_id books_closed_to closeouts created_at currency durations email grid_minutes id join_window_minutes locale logo_sha256 mail_hook_hash matching meeting_install_id meetings messages money name people phone policies scheduling support_contact tax_number timezone updated_at version',
  },
  package: {
    plain:
      'archived_at created_at credits description id in_storefront name per_student position price program_id ref tax_percent valid_days version',
  },
  pay_group: {
    plain: 'archived_at calendar id name starts_on version',
  },
  pay_item: {
    plain:
      'amount corrects_id created_at created_by id kind late local_date minutes reason ref revision run_id session_id settled_at time_sheet_entry_id tutor_id',
    text: 'note',
  },
  pay_run: {
    plain:
      'approved_at approved_by export_hash export_install_id export_name exported_at id off_cycle paid_by paid_on pay_group_id period_from period_to preview_hash sent_at status tutor_ids voided_at',
    document: 'void_reason',
  },
  payment: {
    plain: 'amount client_id created_at gateway_ref id install_id method received_on recorded_by',
    document: 'reference',
  },
  payment_allocation: {
    plain: 'amount invoice_id payment_id',
  },
  payment_purpose: {
    plain: 'amount invoice_id payment_id',
  },
  payment_refund: {
    plain: 'amount created_at created_by gateway_ref id kind payment_id refunded_on status',
    document: 'reason error',
  },
  periodic_span: {
    plain: 'client_id ends_on id install_id starts_on',
  },
  place: {
    plain: 'archived_at client_id created_at id latitude longitude updated_at version',
    text: 'name address',
  },
  plugin_call: {
    plain: 'at effect id install_id method ms status',
    brief: 'error request response url',
  },
  plugin_event: {
    plain: 'event_key handled_at install_id received_at result type',
  },
  plugin_install: {
    plain: 'config_version created_at durations grid_minutes id kind last_error name plugin_id settings state updated_at',
  },
  policy_version: {
    plain: 'created_at hash id rules',
  },
  program: {
    plain:
      'archived_at capacity charge_basis created_at default_duration description durations grid_minutes id in_storefront kind meeting_install_id name policy_overrides ref scheduling_overrides tax_percent updated_at version',
  },
  provider_connection: {
    plain: 'checked_at connected_at expires_at id install_id refresh_expires_at scopes state told_at tutor_id updated_at',
    text: 'account_label account_ref problem',
    secret: 'tokens',
  },
  provider_gate: {
    plain: 'changed_at closed_until code failures install_id reason',
  },
  provider_slot: { plain: 'id install_id until' },
  public_form: {
    plain: 'embed_origins enabled fields intro kind thanks version',
  },
  rate: {
    plain:
      'amount_per_hour basis created_at id minimum percent program_id ref side student_id subject_id tutor_id updated_at valid_from valid_to',
    text: 'note',
  },
  rate_change: { plain: 'changed changed_at changed_by from_on how id undone_at undone_by' },
  rate_limit: {
    plain: 'expire points',
    brief: 'key',
  },
  reminder_run: {
    plain: 'done_to single',
  },
  reminder_step: {
    plain: 'archived_at days_after_due fee fee_percent id subject text version',
  },
  request: {
    plain:
      'assignee_id client_id closed_at created_at created_by ends_on hours_per_week id level_id mode place_id program_id ref session_minutes sessions_per_week source stage_id stage_since starts_on student_id subject_id updated_at urgency version wish_gender wish_languages wish_tutor_id zone',
    text: 'wishes location closed_reason custom',
  },
  request_stage: {
    plain: 'ageing_days archived_at id kind name position version',
  },
  request_time: {
    plain: 'end_minute request_id start_minute weekday wished',
  },
  resource: {
    plain: 'id kind',
  },
  room: {
    plain: 'archived_at capacity id name place_id version',
    text: 'notes',
  },
  readiness_check: {
    plain: 'checked_at id ok result session_id user_id',
  },
  saved_card: {
    plain: 'client_id consent_text consented_at consented_by expires_month expires_year id install_id is_default removed_at',
    document: 'customer_ref method_ref brand last4',
  },
  saved_view: {
    plain: 'created_at id page shared user_id',
    text: 'name search',
  },
  series: {
    plain:
      'billable capacity created_at created_by cut_from_id duration_minutes ended_at engagement_id id meeting_install_id mode occurrences place_id program_id ref rolled_to room_id rrule start_minute starts_on subject_id tutor_id until_on updated_at version zone',
    text: 'title description location',
  },
  series_skip: {
    plain: 'created_at original_date reason series_id to_decide',
    text: 'note',
  },
  series_student: {
    plain: 'from_on series_id student_id to_on',
  },
  session: {
    plain:
      'auto_complete billable capacity charge_rate_override created_at created_by duration_minutes ends_at engagement_id id instant local_date mode original_date pay_left_out pay_rate_override place_id policy_version_id program_id ref replaced_by_id revision room_id series_exception series_id settled_at starts_at status subject_id tutor_id updated_at version wall_start zone',
    text: 'title description location plan rate_override_reason custom',
  },
  session_file: {
    plain: 'bytes created_at id kind media_type session_id sha256 student_id uploaded_by',
    text: 'name',
  },
  session_file_content: {
    plain: 'file_id',
    secret: 'content',
  },
  session_material: {
    plain: 'added_by created_at id phase session_id',
    text: 'title url',
  },
  session_question: {
    plain: 'asked_by created_at id session_id',
    text: 'body',
  },
  session_resource: {
    plain: 'blocking busy hold_id resource_id session_id',
  },
  sign_in_session: {
    plain: 'absolute_expires_at created_at expires_at last_seen_at user_id',
    brief: 'ip user_agent',
    secret: 'id',
  },
  student: {
    plain: 'archived_at client_id created_at erased_at id locale ref timezone updated_at user_id version',
    text: 'first_name last_name email grade notes custom',
  },
  student_guardian: {
    plain: 'client_id created_at gets_mails student_id',
    text: 'relation',
  },
  subject: {
    plain: 'archived_at created_at id name ref updated_at version',
  },
  tag: {
    plain: 'archived_at id name version',
  },
  tag_use: {
    plain: 'client_id request_id student_id tag_id tutor_id',
  },
  task: {
    plain:
      'assignee_id client_id created_at created_by done_at done_by due_on event event_key id request_id session_id student_id tutor_id version',
    text: 'title body',
  },
  task_rule: {
    plain: 'assignee_id due_in_days enabled event title version',
  },
  tax_rate: {
    plain: 'archived_at id name percent version',
  },
  term: {
    plain: 'created_at ends_on id name starts_on version',
  },
  time_off: {
    plain:
      'all_day created_at decided_at decided_by ends_at id requested_by starts_at status tutor_id version wall_end wall_start zone',
    text: 'reason decision_note',
  },
  time_sheet_entry: {
    plain: 'amount_per_hour created_at decided_at decided_by id local_date minutes status tutor_id version work_kind_id',
    text: 'note sent_back_reason',
  },
  travel_time: {
    plain: 'from_place_id miles minutes to_place_id',
  },
  tutor: {
    plain:
      'archived_at buffer_minutes created_at erased_at id in_storefront locale max_hours_per_week pay_group_id reach_minutes ref scheduling_overrides source status teaches_in_person teaches_online timezone updated_at user_id version wished_hours_per_week',
    text: 'first_name last_name email phone home_address personal_room_url notes storefront_text custom gender languages home_latitude home_longitude',
  },
  tutor_exclusion: {
    plain: 'created_at created_by student_id tutor_id',
    text: 'reason',
  },
  tutor_subject: {
    plain: 'subject_id tutor_id',
  },
  tutor_subject_level: {
    plain: 'level_id subject_id tutor_id',
  },
  user_password: {
    plain: 'updated_at user_id',
    secret: 'hash',
  },
  user_role: {
    plain: 'role user_id',
  },
  user_token: {
    plain: 'created_at expires_at id purpose used_at user_id',
    brief: 'email',
    secret: 'token_hash',
  },
  users: {
    plain: 'created_at disabled_at id locale timezone updated_at',
    text: 'email name',
  },
  waiting_list: {
    plain: 'created_by id joined_at offered_at series_id session_id status student_id',
    text: 'note',
  },
  work_kind: {
    plain: 'amount_per_hour archived_at id name version',
  },
};

export const columnsOf = (table: string, kind: keyof ColumnClasses): string[] =>
  (PERSONAL_DATA[table]?.[kind] ?? '').split(' ').filter(Boolean);
