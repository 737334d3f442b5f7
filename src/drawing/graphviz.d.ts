/** The face of `#graphviz`, Graphviz in one file. Only `svg.ts` imports it. */
export declare const Graphviz: {
  load(): Promise<{
    /** A picture as SVG; throws where the text is not in the language of Graphviz. */
    dot(source: string): string
  }>
}
