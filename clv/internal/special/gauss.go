package special

import "gonum.org/v1/gonum/integrate/quad"

// GaussPoints is the number of nodes of one panel of a Gauss-Legendre rule.
const GaussPoints = 16

// GaussNodes integrate, with GaussWeights, a polynomial of degree 31 over [-1, 1] exactly.
var GaussNodes = gauss.nodes

// GaussWeights belong to GaussNodes.
var GaussWeights = gauss.weights

var gauss = func() (rule struct{ nodes, weights [GaussPoints]float64 }) {
	quad.Legendre{}.FixedLocations(rule.nodes[:], rule.weights[:], -1, 1)
	return rule
}()
