#include <xgrad/framework/core/error.hpp>
#include <xgrad/models/losses/loss.hpp>
#include <xgrad/models/named_choice.hpp>
#include <xgrad/ops/binary_crossentropy.hpp>
#include <xgrad/ops/categorical_crossentropy.hpp>
#include <xgrad/ops/cosine_similarity.hpp>
#include <xgrad/ops/hinge.hpp>
#include <xgrad/ops/huber.hpp>
#include <xgrad/ops/kl_divergence.hpp>
#include <xgrad/ops/mean_absolute_error.hpp>
#include <xgrad/ops/mean_squared_error.hpp>
#include <xgrad/ops/poisson.hpp>
#include <xgrad/ops/sparse_categorical_crossentropy.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace xgrad {
namespace {

struct NamedLoss {
  using Pointer = Tensor (*)(const Tensor&, const Tensor&);

  NamedLoss(std::string_view name, Pointer pointer, TargetKind kind = TargetKind::values)
      : NamedLoss(name, name, pointer, kind) {}
  NamedLoss(std::string_view name, std::string_view full_name, Pointer pointer, TargetKind kind = TargetKind::values)
      : name(name), pointer(pointer), loss(std::string(full_name), pointer, kind) {}

  std::string_view name;
  Pointer pointer;
  Loss loss;
};

const auto& named_losses() {
  static const std::array table{
      NamedLoss("binary_crossentropy", binary_crossentropy),
      NamedLoss("categorical_crossentropy", categorical_crossentropy),
      NamedLoss("categorical_hinge", categorical_hinge),
      NamedLoss("cosine_similarity", cosine_similarity),
      NamedLoss("hinge", hinge),
      NamedLoss("huber", huber),
      NamedLoss("kl_divergence", kl_divergence),
      NamedLoss("mean_absolute_error", mean_absolute_error),
      NamedLoss("mae", "mean_absolute_error", mean_absolute_error),
      NamedLoss("mean_squared_error", mean_squared_error),
      NamedLoss("mse", "mean_squared_error", mean_squared_error),
      NamedLoss("poisson", poisson),
      NamedLoss("poisson_nll", poisson_nll),
      NamedLoss("smooth_l1", smooth_l1),
      NamedLoss("sparse_categorical_crossentropy", sparse_categorical_crossentropy, TargetKind::labels),
      NamedLoss("squared_hinge", squared_hinge),
  };
  return table;
}

}  // namespace

Loss::Loss(Tensor (*function)(const Tensor&, const Tensor&)) : Loss("loss", function) {
  if (const Loss* known = find(function)) *this = *known;
}

const Loss* Loss::find(Tensor (*function)(const Tensor&, const Tensor&)) {
  const auto known = std::ranges::find(named_losses(), function, &NamedLoss::pointer);
  return known == named_losses().end() ? nullptr : &known->loss;
}

std::vector<std::string_view> Loss::names() {
  std::vector<std::string_view> result;
  for (const auto& entry : named_losses()) result.push_back(entry.name);
  std::ranges::sort(result);
  return result;
}

const Loss& Loss::named(std::string_view name) { return choose("loss", name, named_losses()).loss; }

TensorType Loss::target_type(const TensorType& output) const {
  if (kind_ == TargetKind::values) return output;
  if (output.shape.rank() < 2) {
    throw ShapeError(
        fmt::format("{}: expected a model output of shape (batch, classes), but got {}; end the model with a layer "
                    "that gives one value for each class",
                    name_, output.shape.to_string()));
  }
  const auto& dims = output.shape.dims();
  return {DType::int32, Shape(std::vector<Dim>(dims.begin(), dims.end() - 1))};
}

}  // namespace xgrad
