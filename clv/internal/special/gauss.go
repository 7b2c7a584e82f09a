package special

import "gonum.org/v1/gonum/integrate/quad"

// GaussPoints is the number of nodes of one panel of a Gauss-Legendre rule.
const GaussPoints = 16

// GaussNodes and GaussWeights integrate a polynomial of degree 31 over [-1, 1]
// exactly.
var GaussNodes, GaussWeights = func() (nodes, weights [GaussPoints]float64) {
	quad.Legendre{}.FixedLocations(nodes[:], weights[:], -1, 1)
	return nodes, weights
}()
