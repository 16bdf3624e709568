#pragma once

namespace xgrad {

/// What `compile` does to a graph to make it faster. Every pass can be left out, to see what it gives: values stay the
/// same up to rounding.
struct Passes {
  bool dead_code = true;              ///< drop what no output needs once the other passes are through
  bool common_subexpressions = true;  ///< compute equal subgraphs once
  bool constants = true;              ///< compute what depends on constants alone while compiling
  bool algebra = true;                ///< replace operators by cheaper ones of the same value; see Op::simplify
  bool transposes = true;             ///< let kernels read transposed operands in place
  bool packing = true;                ///< rearrange operands of products once for all blocks and products
  bool fusion = true;                 ///< evaluate formulas over the same elements together
  bool in_place = true;               ///< let a formula write over an operand that nothing reads afterwards
};

/// Options of `compile`.
struct FunctionOptions {
  Passes passes;
};

}  // namespace xgrad
