package quality

import "math"

// Point is the place of a customer in a space in which distances have a meaning; see
// [ScaledRFM].
type Point [3]float64

// Silhouettes gives the mean silhouette width of each group's customers, from
// −1 to 1:
//
//	s(i) = (b − a) / max(a, b)
//
// where a is the mean distance from i to the others of its own group and b the mean
// distance to those of the nearest other group. Above 0 a customer is nearer to its own
// group than to any other. A customer alone in its group has 0, as in the source. NaN for
// a group without customers, and for all if there is only one group.
//
// group has one entry per point, from 0 to groups−1. The time is quadratic in
// the number of points; [Sample] bounds it.
//
// Source: Rousseeuw (1987), Silhouettes: a graphical aid, Journal of
// Computational and Applied Mathematics 20. doi:10.1016/0377-0427(87)90125-7.
func Silhouettes(points []Point, group []int, groups int) []float64 {
	sizes := make([]int, groups)
	for _, k := range group {
		sizes[k]++
	}
	sums := distanceSums(points, group, groups)
	mean := make([]float64, groups)
	for i, own := range group {
		mean[own] += width(sums[i*groups:(i+1)*groups], sizes, own)
	}
	for k, n := range sizes {
		mean[k] /= float64(n) // 0/0 where nobody is
	}
	return mean
}

// distanceSums has, for each point and each group, the sum of the distances from the point
// to those of the group.
func distanceSums(points []Point, group []int, groups int) []float64 {
	sums := make([]float64, len(points)*groups)
	for i, p := range points {
		own := sums[i*groups : (i+1)*groups]
		for j, q := range points[:i] {
			x, y, z := p[0]-q[0], p[1]-q[1], p[2]-q[2]
			d := math.Sqrt(x*x + y*y + z*z)
			own[group[j]] += d
			sums[j*groups+group[i]] += d
		}
	}
	return sums
}

// width is the silhouette width of one point of group own.
func width(sums []float64, sizes []int, own int) float64 {
	nearest := math.Inf(1)
	for k, n := range sizes {
		if k != own && n > 0 {
			nearest = min(nearest, sums[k]/float64(n))
		}
	}
	switch {
	case math.IsInf(nearest, 1):
		return math.NaN()
	case sizes[own] == 1:
		return 0
	}
	a := sums[own] / float64(sizes[own]-1)
	if far := max(a, nearest); far > 0 {
		return (nearest - a) / far
	}
	return 0 // all at one place
}
