#include <xgrad/framework/core/error.hpp>
#include <xgrad/models/training/evaluation.hpp>

namespace xgrad {

double Evaluation::first_metric() const {
  if (logs_.size() < 2) {
    throw StateError(
        "evaluate: the model was compiled without metrics, so there is a loss only; use evaluate(x, y).loss(), or "
        "compile "
        "with .metrics = {\"accuracy\"}");
  }
  return (logs_.begin() + 1)->value;
}

}  // namespace xgrad
