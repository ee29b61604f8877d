declare module 'ajv-formats-draft2019' {
  import type { Ajv } from 'ajv';
  /** Adds the formats of JSON Schema 2019 that ajv-formats lacks, e.g. `idn-email`. */
  export default function addFormats(ajv: Ajv): Ajv;
}
