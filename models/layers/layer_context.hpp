#pragma once

#include <xgrad/framework/core/tensor.hpp>
#include <xgrad/framework/runtime/function.hpp>
#include <xgrad/models/initializers/initializer.hpp>
#include <xgrad/models/random_seed.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace xgrad {

/// Whether the optimizer changes a weight.
enum class Trainable : bool { no, yes };

/// A value that a layer learns or keeps: a parameter of the graph.
struct Weight {
  std::string name;  ///< in the layer: "kernel"
  Tensor tensor;     ///< named "dense_1/kernel"
  Trainable trainable;
};

/// What one layer of one model owns, whatever graphs it takes part in.
struct LayerState {
  std::string name;  ///< unique in the model: "dense_1"
  std::vector<Weight> weights = {};
  std::vector<Weight> counters =
      {};  ///< bookkeeping that is no weight to the user, such as how often Dropout has drawn
  std::optional<std::uint64_t> seed = {};
};

/// What a layer is given when it adds itself to a graph: access to its weights, and in which graph it is. The first
/// graph creates the weights and all others share them.
class LayerContext {
 public:
  struct Options {
    bool training = false;          ///< the graph that `fit` runs, in which Dropout drops
    DType dtype = DType::float32;   ///< of the weights
    SeedSequence* seeds = nullptr;  ///< of the model; none draws from the program's sequence
  };
  explicit LayerContext(LayerState& state, Options options) : state_(state), options_(options) {}

  /// The layer's name in the model: the first word of its errors.
  const std::string& layer_name() const { return state_.name; }

  bool training() const { return options_.training; }

  /// The weight of this name, made with the initializer when it does not exist. Throws ShapeError when it exists with
  /// another shape, or when a size is not known.
  Tensor weight(std::string_view name, const Shape& shape, const Initializer& initializer,
                Trainable trainable = Trainable::yes);

  /// An int64 scalar of this name that starts at 0.
  Tensor counter(std::string_view name);

  /// Gives a weight or counter of this layer a new value at the end of each training step. Does nothing in a graph that
  /// is not for training.
  void update(const Tensor& target, const Tensor& value);

  /// The layer's seed: `given`, or else one drawn from the sequence of the model or program, once.
  std::uint64_t seed(std::optional<std::uint64_t> given);

  /// What `update` collected.
  const Updates& updates() const { return updates_; }

 private:
  std::uint64_t next_seed();

  LayerState& state_;
  Options options_;
  Updates updates_;
};

}  // namespace xgrad
