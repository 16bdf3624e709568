#pragma once

#include <xgrad/models/layers/layer.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace xgrad {

/// Layers applied one after the other, their weights, and the inference graph through them. It grows with each layer,
/// so that a layer that does not fit is refused where it is added.
class LayerStack {
 public:
  /// Layers draw from a sequence of seeds of their own, which follow from `seed`, or else from the program's.
  explicit LayerStack(std::optional<std::uint64_t> seed = {}) {
    if (seed) seeds_.emplace(*seed);
  }

  struct Entry {
    Layer layer;
    LayerState state;
    Shape output_shape;
  };

  /// Appends a layer. Throws ValueError when a name is taken or the first layer has no input shape, ShapeError when the
  /// layer does not fit the one before; the stack is then as it was. A layer without a name gets one that no layer has
  /// and that is not `reserved` for a later one.
  void add(Layer layer, std::span<const std::string> reserved = {});

  /// The next seed of the layers' sequence.
  std::uint64_t next_seed() { return seeds_ ? seeds_->next() : next_random_seed(); }

  /// The same layers on weights of their own, which hold what these hold now. A sequence of seeds goes on from where
  /// this one is.
  LayerStack clone() const;

  std::span<const Entry> entries() const { return entries_; }

  /// Both ends of the inference graph. Throw StateError when there are no layers.
  const Tensor& input() const;
  const Tensor& output() const;

  /// A graph of all layers on another tensor, with the same weights.
  struct Graph {
    Tensor output;
    Updates updates;  ///< of what layers keep between steps; none unless training
  };
  Graph apply(const Tensor& x, bool training);

  /// Weights in the order of the layers and, in a layer, of creation.
  std::vector<Weight> weights() const;

  /// All that the layers keep from step to step: weights and counters.
  std::vector<Tensor> parameters() const;

 private:
  void append(Layer layer, LayerState state);
  std::string default_name(std::string_view kind, std::span<const std::string> reserved) const;

  std::optional<SeedSequence> seeds_;
  std::vector<Entry> entries_;
  std::optional<Tensor> input_;
  std::optional<Tensor> output_;
};

}  // namespace xgrad
