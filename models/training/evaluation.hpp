#pragma once

#include <xgrad/models/training/logs.hpp>

#include <cstddef>
#include <tuple>
#include <utility>

namespace xgrad {

/// Loss and metrics of a model on some data: `auto [loss, accuracy] = model.evaluate(x, y);` names the loss and the
/// first metric, `logs()` has them all.
class Evaluation {
 public:
  explicit Evaluation(Logs logs) : logs_(std::move(logs)) {}

  double loss() const { return logs_["loss"]; }
  const Logs& logs() const& { return logs_; }
  Logs logs() const&& { return logs_; }

  /// The loss (0) or the first metric (1). Throws StateError when the model has no metric.
  template <std::size_t Index>
  double get() const {
    static_assert(Index < 2);
    return Index == 0 ? loss() : first_metric();
  }

 private:
  double first_metric() const;

  Logs logs_;
};

}  // namespace xgrad

template <>
struct std::tuple_size<xgrad::Evaluation> : std::integral_constant<std::size_t, 2> {};
template <std::size_t Index>
struct std::tuple_element<Index, xgrad::Evaluation> {
  using type = double;
};
