// Package figures writes numbers for people: the same way in the terminal, in the
// report and in every language. Files for programs do not use it.
package figures
