-- What a schema is made of, one line each: enumerations, columns, constraints, indices.
SELECT line COLLATE "C" FROM (
    SELECT format('type %s %s', typname, string_agg(enumlabel, ' ' ORDER BY enumsortorder)) AS line
    FROM pg_enum JOIN pg_type t ON t.oid = enumtypid GROUP BY typname
    UNION ALL
    SELECT format('column %s.%s %s%s%s', c.relname, attname, format_type(atttypid, atttypmod),
        CASE WHEN attnotnull THEN ' not null' ELSE '' END, ' default ' || pg_get_expr(adbin, adrelid))
    FROM pg_attribute JOIN pg_class c ON c.oid = attrelid
    LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
    WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND attnum > 0
    UNION ALL
    SELECT format('constraint %s on %s: %s', conname, conrelid::regclass, pg_get_constraintdef(oid))
    FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype <> 'n'
    UNION ALL
    SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
) schema ORDER BY 1
