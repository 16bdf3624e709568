#include <xgrad/framework/autodiff/barrier.hpp>
#include <xgrad/framework/autodiff/broadcast.hpp>
#include <xgrad/framework/autodiff/gradients.hpp>
#include <xgrad/framework/autodiff/jvp.hpp>
#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/node_index.hpp>
#include <xgrad/framework/core/substitute.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace xgrad {
namespace {

void check_tangents(std::span<const Tensor> xs, std::span<const Tensor> tangents) {
  if (xs.size() != tangents.size()) {
    throw GradientError(
        fmt::format("jvp: expected a tangent for each of {} x(s), but got {}", xs.size(), tangents.size()));
  }
  for (std::size_t index = 0; index < xs.size(); ++index) {
    if (!(xs[index].type() == tangents[index].type())) {
      throw GradientError(fmt::format("jvp: expected a tangent of type {} for x {}, but got {}",
                                      xs[index].type().to_string(), index, tangents[index].type().to_string()));
    }
  }
}

/// The nodes below `tensors` that depend on one of `seeds`.
std::vector<Tensor> depending(std::span<const Tensor> tensors, std::span<const Tensor> seeds) {
  const auto nodes = nodes_below(tensors);
  NodeIndex found(nodes.size());
  for (const auto& seed : seeds) found.insert(seed.node());
  std::vector<Tensor> result;
  for (const auto& node : nodes) {
    const auto inputs = node->inputs();
    if (std::none_of(inputs.begin(), inputs.end(), [&](const Tensor& input) { return found.find(input.node()); }))
      continue;
    found.insert(*node);
    result.emplace_back(node, 0);
  }
  return result;
}

/// The tensors, whose values no seed changes, without the seeds.
std::vector<Tensor> without_seeds(std::vector<Tensor> tensors, std::span<const Tensor> seeds) {
  for (;;) {
    // What waits for a cotangent need not wait where there are none. One barrier may hide behind another.
    std::vector<Substitution> changes;
    const auto users = depending(tensors, seeds);
    for (const auto& user : users) {
      if (const auto behind = behind_barrier(user)) changes.push_back({user, *behind});
    }
    if (changes.empty() && users.empty()) return tensors;
    // Rules that are linear in fact but not in form leave a seed behind.
    if (changes.empty()) {
      for (const auto& seed : seeds) changes.push_back({seed, zeros_like(seed)});
    }
    tensors = substitute(tensors, changes);
  }
}

}  // namespace

std::vector<Tensor> jvp(std::span<const Tensor> outputs, std::span<const Tensor> xs, std::span<const Tensor> tangents) {
  check_tangents(xs, tangents);
  // The cotangents of the xs are linear in those of the outputs: their transpose takes tangents of the xs to tangents
  // of the outputs, wherever it is taken.
  std::vector<Tensor> seeds;
  for (const auto& output : outputs) seeds.push_back(input(output.shape(), "seed", output.dtype()));
  const auto cotangents = vjp(outputs, seeds, xs);
  const auto results = vjp(cotangents, tangents, seeds);
  return without_seeds(results, seeds);
}

std::vector<Tensor> jvp(std::initializer_list<Tensor> outputs, std::initializer_list<Tensor> xs,
                        std::initializer_list<Tensor> tangents) {
  return jvp(std::span(outputs.begin(), outputs.size()), std::span(xs.begin(), xs.size()),
             std::span(tangents.begin(), tangents.size()));
}

}  // namespace xgrad
