import { Injectable } from '@nestjs/common';
import { type ListPage, type ListRequest, readPage } from '../../common/database/list-page.js';
import { PreparedSql } from '../../common/database/prepared-sql.js';
import { Statement } from '../../common/database/statement.js';
import { type RowOf, Table } from '../../common/database/table.js';
import { AuthorizationRepository } from './authorization.repository.js';
import { AuthorizationEntity } from './entities/authorization.entity.js';

const FOUND = new Table(AuthorizationEntity).columns(
  'id',
  'subject',
  'clientId',
  'scopes',
  'resources',
  'createdAt',
  'updatedAt',
);

/** A live authorization as an operator sees it: what an end user allowed a client. */
export interface AuthorizationRecord extends RowOf<typeof FOUND> {}

/** Which authorizations are listed: those of one end user, those of one client, or all where neither is named. */
export interface AuthorizationListRequest extends ListRequest {
  readonly subject?: string | undefined;
  readonly clientId?: string | undefined;
}

const LIVE = `SELECT ${FOUND} FROM gatehouse.authorizations WHERE revoked_at IS NULL`;
const PAGE = 'AND id > $1::uuid ORDER BY id LIMIT $2';
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';

const FIND = new Statement('authorization-record', `${LIVE} AND id = $1::uuid`);
const LIST = new Statement('authorization-records', `${LIVE} ${PAGE}`);
const LIST_OF_SUBJECT = new Statement('authorization-records-of-subject', `${LIVE} AND subject = $3 ${PAGE}`);
// The expression is that of the index.
// The expressions are those of the index.
const LIST_OF_CLIENT = new Statement(
  'authorization-records-of-client',
  `${LIVE} AND client_id || '' = $3 AND id::text > $1 ORDER BY id::text LIMIT $2`,
);
const LIST_OF_BOTH = new Statement(
  'authorization-records-of-both',
  `${LIVE} AND subject = $3 AND client_id = $4 ${PAGE}`,
);

/** What end users allowed clients: find, list, revoke. An authorization begins by consent alone. */
@Injectable()
export class Authorizations {
  constructor(
    private readonly sql: PreparedSql,
    private readonly repository: AuthorizationRepository,
  ) {}

  /** The live authorization of this id; undefined where there is none. */
  async find(id: string): Promise<AuthorizationRecord | undefined> {
    return UUID.test(id) ? this.sql.row<AuthorizationRecord>(FIND, [id]) : undefined;
  }

  /** One page of live authorizations, in the order of their ids. */
  list({ subject, clientId, ...request }: AuthorizationListRequest = {}): Promise<ListPage<AuthorizationRecord>> {
    const holders = [subject, clientId].filter((each) => each !== undefined);
    const only = subject === undefined ? LIST_OF_CLIENT : LIST_OF_SUBJECT;
    const statement = [LIST, only, LIST_OF_BOTH][holders.length] ?? LIST;
    return readPage(
      request,
      ({ id }: AuthorizationRecord) => id,
      (after = BEFORE_ALL, limit) => this.sql.rows<AuthorizationRecord>(statement, [after, limit, ...holders]),
    );
  }

  /** Takes an authorization back and ends every token that came from it, on every node; false where there is none. */
  async revoke(id: string): Promise<boolean> {
    const found = await this.find(id);
    if (found === undefined) return false;
    await this.repository.revoke(id, found.subject, 'an operator took the authorization back');
    return true;
  }
}
