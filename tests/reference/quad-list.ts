import type { Quad, Term } from '@rdfjs/types'
import { DataFactory } from 'n3'
import { quadOf } from '../../src/rdf/term.ts'
import type { QuadLookup } from '../../src/store/quad-lookup.ts'

type Pattern = Parameters<QuadLookup['getQuads']>

/** A dataset in its plainest form. */
export class QuadList {
  quads: readonly Quad[] = []

  add(added: Quad): void {
    if (!this.quads.some(one => one.equals(added))) this.quads = [...this.quads, added]
  }

  delete(deleted: Quad): void {
    this.quads = this.quads.filter(one => !one.equals(deleted))
  }

  /** @param layer the graph that stands in the place of the default graph */
  getQuads([subject, predicate, object, graph]: Pattern, layer: Term = DataFactory.defaultGraph()): readonly Quad[] {
    const isHidden = layer.termType !== 'DefaultGraph'
    const asked = graph?.termType === 'DefaultGraph' ? layer : graph
    return this.quads
      .filter(one => !subject || one.subject.equals(subject))
      .filter(one => !predicate || one.predicate.equals(predicate))
      .filter(one => !object || one.object.equals(object))
      .filter(one => (asked ? one.graph.equals(asked) : !isHidden || one.graph.termType !== 'DefaultGraph'))
      .map(one => quadOf(one.subject, one.predicate, one.object, graph ? graph : one.graph))
  }
}
