// Package number says what package math leaves out.
package number
