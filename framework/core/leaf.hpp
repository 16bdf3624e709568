#pragma once

#include <xgrad/framework/core/op.hpp>

#include <atomic>
#include <cstdint>

namespace xgrad {

/// The operators without inputs: where values enter a graph. They have no kernel; the runtime reads them in place.
class Leaf : public Op {
 public:
  explicit Leaf(TensorType type) : type_(std::move(type)) {}
  std::vector<TensorType> infer(std::span<const TensorType>) const override { return {type_}; }

 protected:
  const TensorType& type() const { return type_; }

 private:
  TensorType type_;
};

/// The value comes with each call.
class Input final : public Leaf {
 public:
  using Leaf::Leaf;
  std::string_view name() const override { return "input"; }
};

/// The value stays between calls, and may change.
class Parameter final : public Leaf {
 public:
  explicit Parameter(Array value) : Leaf(value.type()), value_(std::move(value)) {}
  std::string_view name() const override { return "parameter"; }
  /// The state. Its memory stays where it is for the life of the parameter.
  Array& value() const { return value_; }

  /// Grows whenever the value may have changed: what was made of an older one is out of date.
  std::uint64_t version() const { return version_.load(std::memory_order_acquire); }
  void note_change() const { version_.fetch_add(1, std::memory_order_release); }

 private:
  mutable Array value_;
  mutable std::atomic<std::uint64_t> version_{0};
};

/// The value never changes.
class Constant final : public Leaf {
 public:
  explicit Constant(Array value) : Leaf(value.type()), value_(std::move(value)) {}
  std::string_view name() const override { return "constant"; }
  /// Of a scalar its number; another one is equal only to itself.
  std::optional<Attributes> attributes() const override;
  const Array& value() const { return value_; }

 private:
  Array value_;
};

/// The value is the size of a symbolic Dim, known once a function is bound to its arguments.
class DimSize final : public Leaf {
 public:
  DimSize(Dim dim, DType dtype) : Leaf({dtype, Shape{}}), dim_(dim) {}
  std::string_view name() const override { return "dim_size"; }
  std::optional<Attributes> attributes() const override { return Attributes{{"size", dim_}, {"dtype", type().dtype}}; }
  Dim dim() const { return dim_; }

 private:
  Dim dim_;
};

}  // namespace xgrad
