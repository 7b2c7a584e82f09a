package equity

import "clientele/analytics/publication"

// CustomersBetween are the lines of each customer of the one night or the other; of who is
// there on both under one id, once.
func CustomersBetween(older, newer *publication.Publication) (map[string]Lines, error) {
	all := map[string]Lines{}
	b := &between{older: older, newer: newer, workers: 1}
	b.hear = func(then, now int, l *Lines) {
		if now >= 0 {
			all[b.now.ID[now]] = *l
		} else {
			all[b.then.ID[then]] = *l
		}
	}
	_, err := b.make()
	return all, err
}
