using System.Text.Json;

namespace LinkShop.Commerce.Evidence;

/// <summary>Writes packs as files: the same pack is the same bytes on every machine.</summary>
internal static class EvidenceJson
{
    public static byte[] Write(EvidencePack pack) => JsonSerializer.SerializeToUtf8Bytes(pack, ReadableJson.Options);
}
