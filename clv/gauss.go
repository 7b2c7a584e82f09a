package clv

import "gonum.org/v1/gonum/integrate/quad"

// gaussPoints is the number of nodes of one panel of a Gauss-Legendre rule.
const gaussPoints = 16

// gaussNodes and gaussWeights integrate a polynomial of degree 31 over [-1, 1]
// exactly.
var gaussNodes, gaussWeights = func() (nodes, weights [gaussPoints]float64) {
	quad.Legendre{}.FixedLocations(nodes[:], weights[:], -1, 1)
	return nodes, weights
}()
