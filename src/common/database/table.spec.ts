import { Column, Entity, Generated, PrimaryColumn } from 'typeorm';
import { Table } from './table.js';

@Entity('parcels')
class ParcelEntity {
  @PrimaryColumn('bytea')
  digest: Buffer;

  @Column('uuid', { name: 'parcel_id' })
  @Generated('uuid')
  parcelId: string;

  @Column('text', { array: true })
  labels: string[];

  @Column('text', { name: 'left_with', nullable: true })
  leftWith: string | null;

  @Column('timestamptz', { name: 'sent_at', default: () => 'now()' })
  sentAt: Date;

  @Column('jsonb', { default: {} })
  claims: object;
}

describe('A table that an entity describes', () => {
  const parcels = new Table<ParcelEntity, 'parcelId' | 'sentAt' | 'claims'>(ParcelEntity);

  it('A table that an entity describes lists columns under the names of their properties, with an alias of the table where there is one', () => {
    const columns = parcels.columns('digest', 'leftWith');
    expect(`${columns}`).toBe('digest AS "digest", left_with AS "leftWith"');
    expect(columns.of('p')).toBe('p.digest AS "digest", p.left_with AS "leftWith"');
  });

  it('A table that an entity describes refuses a property that is no column when the module is loaded', () => {
    expect(() => parcels.columns('weight' as never)).toThrow('parcels has no column for weight');
  });

  it('A table that an entity describes inserts all its columns by name, those with a default by what the row says or the default', () => {
    expect(parcels.insertRows('$2', 'spent').replace(/\s+/g, ' ')).toBe(
      'INSERT INTO gatehouse.parcels AS stored (digest, parcel_id, labels, left_with, sent_at, claims) ' +
        'SELECT new."digest", COALESCE(new."parcelId", gen_random_uuid()), new."labels", new."leftWith", ' +
        `COALESCE(new."sentAt", now()), COALESCE(new."claims", '{}') ` +
        'FROM spent, json_to_recordset($2::json) AS new("digest" bytea, "parcelId" uuid, "labels" text[], ' +
        '"leftWith" text, "sentAt" timestamptz, "claims" jsonb)',
    );
  });

  it('A table that an entity describes writes rows as JSON, bytes as PostgreSQL reads them from text, and nothing that is no column', () => {
    const row = { digest: Buffer.from('07ff', 'hex'), labels: ['a'], leftWith: undefined };
    const more = { ...row, secret: 'hush' };
    expect(parcels.rows([more])).toBe('[{"digest":"\\\\x07ff","labels":["a"]}]');
  });

  it('A table that an entity describes is refused for a class that is no entity', () => {
    expect(() => new Table(Map)).toThrow('Map is no entity');
  });
});
