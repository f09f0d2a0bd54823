import * as z from 'zod/mini';

/** A model on the disk. */
const model = z.object({
  name: z.string(),
  size_bytes: z.number(),
  /** As Ollama writes it: `1.5B`; empty where it does not know. */
  parameters: z.string(),
  /** `Q4_K_M`; empty where it does not know. */
  quantization: z.string(),
  modified_sec: z.nullable(z.number()),
});

/** A model in memory. */
const loaded = z.object({
  name: z.string(),
  /** In all; what of it is not in graphics memory is in RAM. */
  size_bytes: z.number(),
  vram_bytes: z.number(),
  /** Seconds until it is unloaded; null where it stays. */
  expires_sec: z.nullable(z.number()),
});

/** Ollama on one machine. */
export const ollama = z.object({
  responsive: z.nullable(z.boolean()),
  version: z.nullable(z.string()),
  models: z.nullable(z.array(model)),
  loaded: z.nullable(z.array(loaded)),
  /** What the machine could still give to programs. */
  memory_available_bytes: z.nullable(z.number()),
});

export type Ollama = z.infer<typeof ollama>;
export type Model = z.infer<typeof model>;
export type Loaded = z.infer<typeof loaded>;
